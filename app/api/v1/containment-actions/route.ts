import { listActionsDoor, makeActionDoor } from '@/lib/containment/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(listActionsDoor);
export const POST = mount(makeActionDoor);
