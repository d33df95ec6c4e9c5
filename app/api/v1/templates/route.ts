import { mount } from '@/lib/http/mount';
import { listTemplatesDoor } from '@/lib/lead/doors';

export const GET = mount(listTemplatesDoor);
