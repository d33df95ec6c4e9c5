import { mount } from '@/lib/http/mount';
import { listSecondSourcesDoor } from '@/lib/insight/data/doors';

export const GET = mount(listSecondSourcesDoor);
