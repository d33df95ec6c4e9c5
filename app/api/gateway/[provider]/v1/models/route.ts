import { modelsDoor } from '@/lib/gateway/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(modelsDoor);
