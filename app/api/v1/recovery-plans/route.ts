import { mount } from '@/lib/http/mount';
import { listPlansDoor } from '@/lib/recovery/doors';

export const GET = mount(listPlansDoor);
