import { mount } from '@/lib/http/mount';
import { testChannel } from '@/lib/notice/channel/doors';

export const POST = mount(testChannel);
