import { getOpenApi } from '@/lib/api/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(getOpenApi);
