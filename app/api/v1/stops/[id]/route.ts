import { mount } from '@/lib/http/mount';
import { getStopDoor } from '@/lib/stop/doors';

export const GET = mount(getStopDoor);
