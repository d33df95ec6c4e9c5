import { getBudgetDoor } from '@/lib/budget/doors';
import { mount } from '@/lib/http/mount';
import { changeBudgetDoor, endBudgetDoor } from '@/lib/spend/limit/doors';

export const GET = mount(getBudgetDoor);
export const PATCH = mount(changeBudgetDoor);
export const DELETE = mount(endBudgetDoor);
