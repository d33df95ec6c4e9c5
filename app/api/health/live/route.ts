import { getLive } from '@/lib/api/health';
import { mount } from '@/lib/http/mount';

export const GET = mount(getLive);
