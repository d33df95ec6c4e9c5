import { mount } from '@/lib/http/mount';
import { postSetUp } from '@/lib/setup/doors';

export const POST = mount(postSetUp);
