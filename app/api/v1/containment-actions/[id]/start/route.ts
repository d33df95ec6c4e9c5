import { startActionDoor } from '@/lib/containment/doors';
import { mount } from '@/lib/http/mount';

export const POST = mount(startActionDoor);
