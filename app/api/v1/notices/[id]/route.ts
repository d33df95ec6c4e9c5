import { mount } from '@/lib/http/mount';
import { getNotice } from '@/lib/notice/doors';

export const GET = mount(getNotice);
