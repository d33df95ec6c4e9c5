import { type Field, fieldsOf, typeOf } from '@/lib/api/fields';
import type { Operation as OperationProps } from '@/lib/api/operations';

/** One operation, folded: its address and what it is for; opened, what it takes and gives. */
export function Operation({ method, path, summary, needs, parameters, body, answer, named }: OperationProps) {
  const asked = parameters.map(
    (each): Field => ({
      path: each.name,
      type: `${typeOf(each.schema ?? {}, named)} in the ${each.in}`,
      isRequired: each.required ?? false,
      note: each.description ?? each.schema?.description ?? '',
    }),
  );
  return (
    <details className="border-line border-t first:border-t-0">
      <summary className="grid cursor-pointer grid-cols-[56px_minmax(0,1fr)] items-baseline gap-x-3 gap-y-0.5 px-3 py-2 hover:bg-hover md:grid-cols-[56px_minmax(0,2fr)_minmax(0,3fr)] md:px-4">
        <code className="font-semibold text-12">{method}</code>
        <code className="text-13 [overflow-wrap:anywhere]">{path}</code>
        <span className="min-w-0 text-12 text-ink-2 max-md:col-start-2">{summary}</span>
      </summary>
      <div className="space-y-3 px-3 pb-4 md:px-4">
        <p className="text-12 text-ink-2">{needs}</p>
        <Fields title="Address" fields={asked} />
        <Fields title="Body" fields={body ? fieldsOf(body, named) : []} />
        <Fields title="Answer" fields={answer ? fieldsOf(answer, named) : []} />
      </div>
    </details>
  );
}

function Fields({ title, fields }: { title: string; fields: Field[] }) {
  if (fields.length === 0) return null;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-12">
        <caption className="pb-1 text-left font-semibold text-12">{title}</caption>
        <thead className="text-ink-3">
          <tr className="border-line border-b">
            <th className="py-1 pr-4 font-medium">Field</th>
            <th className="py-1 pr-4 font-medium">Type</th>
            <th className="py-1 font-medium">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.path} className="border-line border-b align-top last:border-b-0">
              <td className="py-1 pr-4">
                <code>{field.path}</code>
                {field.isRequired ? <span className="text-ink-3"> required</span> : null}
              </td>
              <td className="py-1 pr-4 text-ink-2">{field.type}</td>
              <td className="py-1 text-ink-2">{field.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
