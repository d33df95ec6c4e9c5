import type { Door } from '@/lib/http/door';
import type { JsonSchema } from './fields';
import { openApiOf } from './openapi';

/** One way in, as a page shows it. */
export type Operation = {
  method: string;
  path: string;
  summary: string;
  needs: string;
  parameters: { name: string; in: string; required?: boolean; schema?: JsonSchema; description?: string }[];
  body: JsonSchema | null;
  answer: JsonSchema | null;
  named: Record<string, JsonSchema>;
};

type Content = { content?: Record<string, { schema?: JsonSchema }> };
type Written = { parameters?: Operation['parameters']; requestBody?: Content; responses?: Record<string, Content>; description?: string };

const jsonOf = (content: Content | undefined): JsonSchema | null => content?.content?.['application/json']?.schema ?? null;

/** Every operation of the OpenAPI document, grouped by tag in the order of the doors. */
export function operationsByTag(doors: readonly Door[]): { tag: string; operations: Operation[] }[] {
  const document = openApiOf(doors);
  const named = (document.components?.schemas ?? {}) as Record<string, JsonSchema>;
  const groups = Map.groupBy(doors, (door) => door.tag);
  return [...groups].map(([tag, list]) => ({
    tag,
    operations: list.map((door): Operation => {
      const path = document.paths?.[door.path.replace('...}', '}')] as Record<string, Written> | undefined;
      const written = path?.[door.method.toLowerCase()] ?? {};
      return {
        ...{ method: door.method, path: door.path, summary: door.summary, needs: written.description ?? '', named },
        ...{
          parameters: written.parameters ?? [],
          body: jsonOf(written.requestBody),
          answer: jsonOf(written.responses?.[String(door.status)]),
        },
      };
    }),
  }));
}
