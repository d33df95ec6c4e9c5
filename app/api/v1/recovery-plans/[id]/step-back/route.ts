import { mount } from '@/lib/http/mount';
import { stepBackDoor } from '@/lib/recovery/stage/doors';

export const POST = mount(stepBackDoor);
