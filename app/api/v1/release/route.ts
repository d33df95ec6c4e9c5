import { mount } from '@/lib/http/mount';
import { releaseDoor } from '@/lib/spend/decide/doors';

export const POST = mount(releaseDoor);
