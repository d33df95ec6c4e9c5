import { mount } from '@/lib/http/mount';
import { reviewPlaybookDoor } from '@/lib/playbook/doors';

export const POST = mount(reviewPlaybookDoor);
