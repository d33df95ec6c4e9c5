import { mount } from '@/lib/http/mount';
import { addOutcomeDoor } from '@/lib/spend/outcome/doors';

export const PATCH = mount(addOutcomeDoor);
