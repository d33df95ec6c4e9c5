import { mount } from '@/lib/http/mount';
import { spendDoor } from '@/lib/insight/spend-doors';

export const GET = mount(spendDoor);
