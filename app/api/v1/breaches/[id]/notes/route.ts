import { addNoteDoor } from '@/lib/breach/doors';
import { mount } from '@/lib/http/mount';

export const POST = mount(addNoteDoor);
