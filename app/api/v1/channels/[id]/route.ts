import { mount } from '@/lib/http/mount';
import { deleteChannel, getChannel, patchChannel } from '@/lib/notice/channel/doors';

export const GET = mount(getChannel);
export const PATCH = mount(patchChannel);
export const DELETE = mount(deleteChannel);
