import { mount } from '@/lib/http/mount';
import { signOffDoor } from '@/lib/recovery/doors';

export const POST = mount(signOffDoor);
