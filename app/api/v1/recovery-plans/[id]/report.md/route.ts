import { mount } from '@/lib/http/mount';
import { reportMarkdownDoor } from '@/lib/recovery/report/doors';

export const GET = mount(reportMarkdownDoor);
