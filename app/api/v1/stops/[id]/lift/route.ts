import { mount } from '@/lib/http/mount';
import { liftStopDoor } from '@/lib/stop/doors';

export const POST = mount(liftStopDoor);
