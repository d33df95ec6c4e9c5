import { mount } from '@/lib/http/mount';
import { getNotices } from '@/lib/notice/doors';

export const GET = mount(getNotices);
