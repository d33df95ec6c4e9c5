import { mount } from '@/lib/http/mount';
import { downloadPlaybookDoor } from '@/lib/playbook/doors';

export const GET = mount(downloadPlaybookDoor);
