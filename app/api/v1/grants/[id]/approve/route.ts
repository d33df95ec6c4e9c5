import { mount } from '@/lib/http/mount';
import { approveGrantDoor } from '@/lib/spend/grant/doors';

export const POST = mount(approveGrantDoor);
