import { mount } from '@/lib/http/mount';
import { postSeen } from '@/lib/notice/doors';

export const POST = mount(postSeen);
