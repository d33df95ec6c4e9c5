import { mount } from '@/lib/http/mount';
import { previewPricesDoor } from '@/lib/spend/reprice/doors';

export const POST = mount(previewPricesDoor);
