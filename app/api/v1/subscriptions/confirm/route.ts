import { mount } from '@/lib/http/mount';
import { confirmDoor } from '@/lib/lead/doors';

export const POST = mount(confirmDoor);
