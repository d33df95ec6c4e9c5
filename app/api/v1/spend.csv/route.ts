import { mount } from '@/lib/http/mount';
import { spendCsvDoor } from '@/lib/insight/spend-doors';

export const GET = mount(spendCsvDoor);
