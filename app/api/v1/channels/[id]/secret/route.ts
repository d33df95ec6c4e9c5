import { mount } from '@/lib/http/mount';
import { rotateChannelSecret } from '@/lib/notice/channel/doors';

export const POST = mount(rotateChannelSecret);
