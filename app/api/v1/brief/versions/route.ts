import { mount } from '@/lib/http/mount';
import { saveBriefDoor } from '@/lib/playbook/brief/doors';

export const POST = mount(saveBriefDoor);
