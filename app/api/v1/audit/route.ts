import { getAudit } from '@/lib/api/audit';
import { mount } from '@/lib/http/mount';

export const GET = mount(getAudit);
