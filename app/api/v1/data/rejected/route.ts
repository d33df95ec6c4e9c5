import { mount } from '@/lib/http/mount';
import { listRejectedDoor } from '@/lib/insight/data/doors';

export const GET = mount(listRejectedDoor);
