import { mount } from '@/lib/http/mount';
import { makeWorkloadDoor } from '@/lib/spend/limit/doors';
import { listWorkloadsDoor } from '@/lib/workload/doors';

export const GET = mount(listWorkloadsDoor);
export const POST = mount(makeWorkloadDoor);
