import { mount } from '@/lib/http/mount';
import { downloadGuideDoor } from '@/lib/playbook/doors';

export const GET = mount(downloadGuideDoor);
