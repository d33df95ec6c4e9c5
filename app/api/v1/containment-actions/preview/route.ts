import { previewActionDoor } from '@/lib/containment/doors';
import { mount } from '@/lib/http/mount';

export const POST = mount(previewActionDoor);
