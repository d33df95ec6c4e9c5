import { chatDoor } from '@/lib/gateway/doors';
import { mount } from '@/lib/http/mount';

export const POST = mount(chatDoor);
