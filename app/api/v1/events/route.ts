import { followEvents } from '@/lib/event/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(followEvents);
