import { mount } from '@/lib/http/mount';
import { deleteMember, getMember, patchMember } from '@/lib/org/member/doors';

export const GET = mount(getMember);
export const PATCH = mount(patchMember);
export const DELETE = mount(deleteMember);
