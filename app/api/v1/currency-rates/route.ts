import { mount } from '@/lib/http/mount';
import { getRates } from '@/lib/org/doors';

export const GET = mount(getRates);
