import { mount } from '@/lib/http/mount';
import { dataHealthDoor } from '@/lib/insight/data/doors';

export const GET = mount(dataHealthDoor);
