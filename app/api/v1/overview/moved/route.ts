import { mount } from '@/lib/http/mount';
import { movedDoor } from '@/lib/insight/overview/doors';

export const GET = mount(movedDoor);
