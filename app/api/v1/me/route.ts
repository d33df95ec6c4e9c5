import { getMe } from '@/lib/api/me';
import { mount } from '@/lib/http/mount';
import { patchMe } from '@/lib/org/member/doors';

export const GET = mount(getMe);
export const PATCH = mount(patchMe);
