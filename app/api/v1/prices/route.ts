import { mount } from '@/lib/http/mount';
import { listPricesDoor } from '@/lib/price/doors';
import { addPriceDoor } from '@/lib/spend/reprice/doors';

export const GET = mount(listPricesDoor);
export const POST = mount(addPriceDoor);
