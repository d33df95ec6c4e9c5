import { mount } from '@/lib/http/mount';
import { leaveDoor } from '@/lib/lead/doors';

export const POST = mount(leaveDoor);
