import { mount } from '@/lib/http/mount';
import { askForGrantDoor, listGrantsDoor } from '@/lib/spend/grant/doors';

export const GET = mount(listGrantsDoor);
export const POST = mount(askForGrantDoor);
