import { mount } from '@/lib/http/mount';
import { closePlanDoor } from '@/lib/recovery/doors';

export const POST = mount(closePlanDoor);
