import { mount } from '@/lib/http/mount';
import { getChannels, postChannel } from '@/lib/notice/channel/doors';

export const GET = mount(getChannels);
export const POST = mount(postChannel);
