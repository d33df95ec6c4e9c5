import { mount } from '@/lib/http/mount';
import { liftStopDoor } from '@/lib/recovery/stage/doors';

export const POST = mount(liftStopDoor);
