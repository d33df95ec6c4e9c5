import { mount } from '@/lib/http/mount';
import { listUsageDoor } from '@/lib/insight/records-doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';

export const GET = mount(listUsageDoor);
export const POST = mount(ingestUsageDoor);
