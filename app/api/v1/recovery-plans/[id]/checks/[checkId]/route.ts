import { mount } from '@/lib/http/mount';
import { tickCheckDoor } from '@/lib/recovery/doors';

export const PATCH = mount(tickCheckDoor);
