import { mount } from '@/lib/http/mount';
import { abortPlanDoor } from '@/lib/spend/resume/doors';

export const POST = mount(abortPlanDoor);
