import { mount } from '@/lib/http/mount';
import { deleteProvider, getProvider, patchProvider } from '@/lib/provider/doors';

export const GET = mount(getProvider);
export const PATCH = mount(patchProvider);
export const DELETE = mount(deleteProvider);
