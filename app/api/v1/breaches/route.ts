import { listBreachesDoor } from '@/lib/breach/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(listBreachesDoor);
