import { mount } from '@/lib/http/mount';
import { proposeSplitDoor } from '@/lib/value/doors';

export const POST = mount(proposeSplitDoor);
