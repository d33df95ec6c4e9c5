import { mount } from '@/lib/http/mount';
import { postJoin } from '@/lib/org/member/doors';

export const POST = mount(postJoin);
