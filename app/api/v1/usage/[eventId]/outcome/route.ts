import { mount } from '@/lib/http/mount';
import { addOutcomeDoor } from '@/lib/spend/ingest/doors';

export const PATCH = mount(addOutcomeDoor);
