import { listBudgetsDoor } from '@/lib/budget/doors';
import { mount } from '@/lib/http/mount';
import { makeBudgetDoor } from '@/lib/spend/limit/doors';

export const GET = mount(listBudgetsDoor);
export const POST = mount(makeBudgetDoor);
