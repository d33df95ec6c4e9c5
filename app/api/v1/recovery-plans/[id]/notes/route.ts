import { mount } from '@/lib/http/mount';
import { notePlanDoor } from '@/lib/recovery/doors';

export const POST = mount(notePlanDoor);
