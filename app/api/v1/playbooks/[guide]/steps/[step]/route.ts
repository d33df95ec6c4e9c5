import { mount } from '@/lib/http/mount';
import { tickStepDoor } from '@/lib/playbook/doors';

export const PATCH = mount(tickStepDoor);
