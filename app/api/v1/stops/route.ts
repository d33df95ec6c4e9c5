import { mount } from '@/lib/http/mount';
import { listStopsDoor } from '@/lib/stop/doors';

export const GET = mount(listStopsDoor);
