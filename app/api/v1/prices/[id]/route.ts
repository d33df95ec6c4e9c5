import { mount } from '@/lib/http/mount';
import { endPriceDoor } from '@/lib/spend/reprice/doors';

export const DELETE = mount(endPriceDoor);
