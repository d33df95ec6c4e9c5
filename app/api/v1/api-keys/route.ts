import { mount } from '@/lib/http/mount';
import { getKeys, postKey } from '@/lib/org/key/doors';

export const GET = mount(getKeys);
export const POST = mount(postKey);
