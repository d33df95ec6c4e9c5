import { getMe } from '@/lib/api/me';
import { mount } from '@/lib/http/mount';

export const GET = mount(getMe);
