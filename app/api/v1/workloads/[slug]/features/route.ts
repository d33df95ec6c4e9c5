import { mount } from '@/lib/http/mount';
import { addFeatureDoor } from '@/lib/spend/limit/doors';

export const POST = mount(addFeatureDoor);
