import { mount } from '@/lib/http/mount';
import { postResend } from '@/lib/notice/doors';

export const POST = mount(postResend);
