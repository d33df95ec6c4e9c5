import { endActionDoor, getActionDoor } from '@/lib/containment/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(getActionDoor);
export const DELETE = mount(endActionDoor);
