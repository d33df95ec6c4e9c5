import { mount } from '@/lib/http/mount';
import { postSessionOrganisation } from '@/lib/org/session/doors';

export const POST = mount(postSessionOrganisation);
