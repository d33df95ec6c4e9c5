import { budgetHistoryDoor } from '@/lib/budget/doors';
import { mount } from '@/lib/http/mount';

export const GET = mount(budgetHistoryDoor);
