import { mount } from '@/lib/http/mount';
import { endGrantDoor, getGrantDoor } from '@/lib/spend/grant/doors';

export const GET = mount(getGrantDoor);
export const DELETE = mount(endGrantDoor);
