import { listPoliciesDoor, makePolicyDoor } from '@/lib/breach/policy/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(listPoliciesDoor);
export const POST = mount(makePolicyDoor);
