import { z } from 'zod';
import { door } from '../door';

const shape = { tag: 'Test', summary: 'A door of a test.' };
let made = 0;

/** Makes a note, for operators: a door with everything an ordinary one has. */
export const postNote = door({
  ...{ ...shape, method: 'POST', path: '/api/v1/notes', right: 'workload.write', status: 201 },
  body: z.strictObject({ text: z.string().min(1), deep: z.unknown().optional() }),
  answer: z.object({ id: z.string(), text: z.string() }),
  run: async (_, { body }) => ({ id: `note_${++made}`, text: body.text }),
});

/** Makes a secret, which its answer shows once. */
export const postSecret = door({
  ...{ ...shape, method: 'POST', path: '/api/v1/secrets', right: 'workload.write', status: 201, isSecret: true },
  answer: z.object({ secret: z.string() }),
  run: async () => ({ secret: `hs_live_${++made}` }),
});

/** The code of a problem, and the fields at fault. */
export const problemOf = async (response: Response) =>
  (await response.json()) as { code: string; errors: { pointer: string; code: string }[] };
