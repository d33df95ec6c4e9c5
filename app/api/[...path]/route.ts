import { noSuchDoor } from '@/lib/http/mount';

export { noSuchDoor as DELETE, noSuchDoor as GET, noSuchDoor as PATCH, noSuchDoor as POST, noSuchDoor as PUT };
