import { mount } from '@/lib/http/mount';
import { getMyNotices } from '@/lib/notice/doors';

export const GET = mount(getMyNotices);
