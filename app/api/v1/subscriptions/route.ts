import { mount } from '@/lib/http/mount';
import { subscribeDoor } from '@/lib/lead/doors';

export const POST = mount(subscribeDoor);
