import { evaluateFlagsDoor } from '@/lib/flag/doors';
import { mount } from '@/lib/http/mount';

export const POST = mount(evaluateFlagsDoor);
