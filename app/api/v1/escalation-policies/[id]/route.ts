import { changePolicyDoor, endPolicyDoor, getPolicyDoor } from '@/lib/breach/policy/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(getPolicyDoor);
export const PATCH = mount(changePolicyDoor);
export const DELETE = mount(endPolicyDoor);
