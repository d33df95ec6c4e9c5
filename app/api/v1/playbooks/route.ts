import { mount } from '@/lib/http/mount';
import { listPlaybooksDoor } from '@/lib/playbook/doors';

export const GET = mount(listPlaybooksDoor);
