import { mount } from '@/lib/http/mount';
import { settleDoor } from '@/lib/spend/decide/doors';

export const POST = mount(settleDoor);
