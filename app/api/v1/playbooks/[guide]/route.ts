import { mount } from '@/lib/http/mount';
import { getPlaybookDoor } from '@/lib/playbook/doors';

export const GET = mount(getPlaybookDoor);
