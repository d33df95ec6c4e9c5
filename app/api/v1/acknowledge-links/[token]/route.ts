import { actByLinkDoor } from '@/lib/breach/link/doors';
import { mount } from '@/lib/http/mount';

export const POST = mount(actByLinkDoor);
