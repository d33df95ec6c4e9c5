import { mount } from '@/lib/http/mount';
import { giveLeaseDoor } from '@/lib/spend/lease/doors';

export const POST = mount(giveLeaseDoor);
