import { mount } from '@/lib/http/mount';
import { resumeDoor } from '@/lib/recovery/stage/doors';

export const POST = mount(resumeDoor);
