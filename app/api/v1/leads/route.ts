import { mount } from '@/lib/http/mount';
import { takeHelpDoor } from '@/lib/lead/doors';

export const POST = mount(takeHelpDoor);
