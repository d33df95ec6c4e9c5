import { mount } from '@/lib/http/mount';
import { settleLeaseDoor } from '@/lib/spend/lease/doors';

export const POST = mount(settleLeaseDoor);
