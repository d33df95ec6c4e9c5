import { mount } from '@/lib/http/mount';
import { changePlanDoor, getPlanDoor } from '@/lib/recovery/doors';

export const GET = mount(getPlanDoor);
export const PATCH = mount(changePlanDoor);
