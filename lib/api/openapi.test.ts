import { describe, expect, it } from 'vitest';
import { doors } from './doors';
import { openApiOf } from './openapi';

const document = openApiOf(doors);
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  methods.flatMap((method) => (item?.[method] ? [{ path, method, operation: item[method] }] : [])),
);

describe('the OpenAPI document', () => {
  it('describes every door, each under its own name', () => {
    expect(operations).toHaveLength(doors.length);
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of every operation who may, what comes back and how it is refused', () => {
    for (const { path, method, operation } of operations) {
      expect(operation.security, `${method} ${path}`).toBeDefined();
      expect(Object.keys(operation.responses ?? {})).toContain('default');
      for (const name of path.matchAll(/\{(\w+)\}/g)) {
        const names = (operation.parameters ?? []).map((each) => ('name' in each ? each.name : ''));
        expect(names, `${method} ${path} declares its path`).toContain(name[1]);
      }
    }
  });

  it('is JSON that refers only to what it contains', () => {
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(document.components?.schemas).toHaveProperty(name as string);
  });
});
