import { getThresholdsDoor } from '@/lib/budget/doors';
import { mount } from '@/lib/http/mount';
import { setThresholdsDoor } from '@/lib/spend/limit/doors';

export const GET = mount(getThresholdsDoor);
export const PUT = mount(setThresholdsDoor);
