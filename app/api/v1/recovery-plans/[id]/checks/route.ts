import { mount } from '@/lib/http/mount';
import { addCheckDoor } from '@/lib/recovery/doors';

export const POST = mount(addCheckDoor);
