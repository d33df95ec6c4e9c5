import { mount } from '@/lib/http/mount';
import { generateDashboardDoor } from '@/lib/playbook/brief/doors';

export const POST = mount(generateDashboardDoor);
