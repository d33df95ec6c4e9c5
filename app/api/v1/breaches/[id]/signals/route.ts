import { mount } from '@/lib/http/mount';
import { breachSignalsDoor } from '@/lib/playbook/doors';

export const GET = mount(breachSignalsDoor);
