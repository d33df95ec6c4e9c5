import { mount } from '@/lib/http/mount';
import { getMembers, postMember } from '@/lib/org/member/doors';

export const GET = mount(getMembers);
export const POST = mount(postMember);
