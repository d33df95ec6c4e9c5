import { mount } from '@/lib/http/mount';
import { getProviders, postProvider } from '@/lib/provider/doors';

export const GET = mount(getProviders);
export const POST = mount(postProvider);
