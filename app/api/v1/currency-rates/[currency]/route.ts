import { mount } from '@/lib/http/mount';
import { putRate } from '@/lib/org/doors';

export const PUT = mount(putRate);
