import { mount } from '@/lib/http/mount';
import { readImplementationDoor } from '@/lib/playbook/implementation/doors';

export const GET = mount(readImplementationDoor);
