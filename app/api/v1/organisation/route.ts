import { mount } from '@/lib/http/mount';
import { getOrganisation } from '@/lib/org/doors';
import { patchOrganisation } from '@/lib/setup/doors';

export const GET = mount(getOrganisation);
export const PATCH = mount(patchOrganisation);
