import { mount } from '@/lib/http/mount';
import { stopByHandDoor } from '@/lib/stop/doors';

export const POST = mount(stopByHandDoor);
