import { mount } from '@/lib/http/mount';
import { answerRoomDoor } from '@/lib/recovery/doors';

export const POST = mount(answerRoomDoor);
