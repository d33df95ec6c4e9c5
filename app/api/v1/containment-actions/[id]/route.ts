import { changeActionDoor, endActionDoor, getActionDoor } from '@/lib/containment/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(getActionDoor);
export const PATCH = mount(changeActionDoor);
export const DELETE = mount(endActionDoor);
