import { mount } from '@/lib/http/mount';
import { getKey } from '@/lib/org/key/doors';
import { deleteKey } from '@/lib/setup/doors';

export const GET = mount(getKey);
export const DELETE = mount(deleteKey);
