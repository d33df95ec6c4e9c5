import { mount } from '@/lib/http/mount';
import { deleteSample, getSample, postSample } from '@/lib/sample/doors';

export const GET = mount(getSample);
export const POST = mount(postSample);
export const DELETE = mount(deleteSample);
