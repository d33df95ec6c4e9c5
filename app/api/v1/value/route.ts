import { mount } from '@/lib/http/mount';
import { readValueDoor } from '@/lib/value/doors';

export const GET = mount(readValueDoor);
