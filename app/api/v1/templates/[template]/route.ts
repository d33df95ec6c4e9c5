import { mount } from '@/lib/http/mount';
import { getTemplateDoor } from '@/lib/lead/doors';

export const GET = mount(getTemplateDoor);
