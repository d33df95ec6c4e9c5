/** A JSON schema, as far as the page that explains the API reads it. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  description?: string;
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
};

/** One line of the table of an operation's fields. */
export type Field = { path: string; type: string; isRequired: boolean; note: string };

const DEEPEST = 4;

type Named = Record<string, JsonSchema>;

function resolve(schema: JsonSchema, named: Named): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (named[name] ?? {});
}

/** What a value is, in a few words: `string`, `list of object`, `"enforce" | "observe"`, `number or null`. */
export function typeOf(given: JsonSchema, named: Named = {}): string {
  const schema = resolve(given, named);
  const { type, items, format } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((each) => typeOf(each, named)))].join(' or ');
  if (schema.allOf) return 'object';
  if (type === 'array' && items) return `list of ${typeOf(items, named)}`;
  if (Array.isArray(type)) return type.join(' or ');
  return format === 'date-time' ? 'time' : (type ?? 'anything');
}

/** The schemas whose fields a schema shows as its own: itself, those it is all of, those it may be, those its list holds. */
function partsOf(given: JsonSchema, named: Named): JsonSchema[] {
  const schema = resolve(given, named);
  const inner = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])];
  return [schema, ...inner.flatMap((each) => partsOf(each, named))];
}

/** The fields of a schema, flat, parents before children: `scope`, `scope.workload`. */
export function fieldsOf(schema: JsonSchema, named: Named = {}, under = '', depth = 0): Field[] {
  if (depth > DEEPEST) return [];
  const seen = new Set<string>();
  return partsOf(schema, named).flatMap((part) =>
    Object.entries(part.properties ?? {}).flatMap(([name, property]) => {
      if (seen.has(name)) return [];
      seen.add(name);
      const path = under === '' ? name : `${under}.${name}`;
      const { description, default: usual } = resolve(property, named);
      const said = [description ?? property.description, usual === undefined ? undefined : `Absent: ${JSON.stringify(usual)}.`];
      const own = {
        path,
        type: typeOf(property, named),
        isRequired: part.required?.includes(name) ?? false,
        note: said.filter(Boolean).join(' '),
      };
      return [own, ...fieldsOf(property, named, path, depth + 1)];
    }),
  );
}
