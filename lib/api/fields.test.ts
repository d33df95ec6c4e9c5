import { describe, expect, it } from 'vitest';
import { fieldsOf, typeOf } from './fields';

describe('what a value is', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'string', format: 'date-time' }, 'time'],
    [{ enum: ['enforce', 'observe'] }, '"enforce" | "observe"'],
    [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number or null'],
    [{ type: 'array', items: { type: 'object' } }, 'list of object'],
    [{}, 'anything'],
  ])('%j is said as "%s"', (schema, said) => expect(typeOf(schema)).toBe(said));
});

it('lists fields flat, parents first, through lists, choices and names', () => {
  const scope = { type: 'object', properties: { workload: { type: 'string', description: 'Its slug.' } } };
  const schema = {
    type: 'object',
    required: ['items'],
    properties: {
      items: { type: 'array', items: { anyOf: [{ $ref: '#/components/schemas/Scope' }] } },
      limit: { type: 'number', default: 50 },
    },
  };
  expect(fieldsOf(schema, { Scope: scope })).toEqual([
    { path: 'items', type: 'list of object', isRequired: true, note: '' },
    { path: 'items.workload', type: 'string', isRequired: false, note: 'Its slug.' },
    { path: 'limit', type: 'number', isRequired: false, note: 'Absent: 50.' },
  ]);
});

it('ends where a schema contains itself', () => {
  const tree = { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' } } };
  expect(fieldsOf(tree, { Tree: tree }).length).toBeLessThan(8);
});
