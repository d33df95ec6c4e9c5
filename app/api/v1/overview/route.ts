import { mount } from '@/lib/http/mount';
import { overviewDoor } from '@/lib/insight/overview/doors';

export const GET = mount(overviewDoor);
