import { mount } from '@/lib/http/mount';
import { listProofsDoor, proveLedgerDoor } from '@/lib/spend/proof/doors';

export const GET = mount(listProofsDoor);
export const POST = mount(proveLedgerDoor);
