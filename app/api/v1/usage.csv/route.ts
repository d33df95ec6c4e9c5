import { mount } from '@/lib/http/mount';
import { usageCsvDoor } from '@/lib/insight/records-doors';

export const GET = mount(usageCsvDoor);
