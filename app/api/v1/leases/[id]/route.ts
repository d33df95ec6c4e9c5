import { mount } from '@/lib/http/mount';
import { endLeaseDoor } from '@/lib/spend/lease/doors';

export const DELETE = mount(endLeaseDoor);
