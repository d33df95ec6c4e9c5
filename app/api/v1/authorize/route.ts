import { mount } from '@/lib/http/mount';
import { authorizeDoor } from '@/lib/spend/decide/doors';

export const POST = mount(authorizeDoor);
