import { mount } from '@/lib/http/mount';
import { reportDoor } from '@/lib/recovery/report/doors';

export const GET = mount(reportDoor);
