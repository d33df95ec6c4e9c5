import { mount } from '@/lib/http/mount';
import { setTargetDoor } from '@/lib/value/doors';

export const PATCH = mount(setTargetDoor);
