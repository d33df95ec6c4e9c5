import { mount } from '@/lib/http/mount';
import { changeWorkloadDoor } from '@/lib/spend/limit/doors';
import { getWorkloadDoor } from '@/lib/workload/doors';

export const GET = mount(getWorkloadDoor);
export const PATCH = mount(changeWorkloadDoor);
