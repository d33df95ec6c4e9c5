import { mount } from '@/lib/http/mount';
import { freshnessDoor } from '@/lib/insight/overview/doors';

export const GET = mount(freshnessDoor);
