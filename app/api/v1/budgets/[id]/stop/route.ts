import { mount } from '@/lib/http/mount';
import { stopByHandDoor } from '@/lib/spend/limit/doors';

export const POST = mount(stopByHandDoor);
