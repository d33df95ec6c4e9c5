import { mount } from '@/lib/http/mount';
import { readBriefDoor } from '@/lib/playbook/brief/doors';

export const GET = mount(readBriefDoor);
