import { describe, expect, it } from 'vitest';
import { ownPath } from './own-path';

describe('where sign-in leads back to', () => {
  it.each(['/budgets/bud_1?tab=history', '/settings/keys', '/'])('keeps a path of ours: %s', (path) => expect(ownPath(path)).toBe(path));
  it.each([null, '', 'https://evil.test/', '//evil.test/x', '/\\evil.test', 'javascript:alert(1)', 'budgets'])(
    'leads home instead of to %s',
    (asked) => expect(ownPath(asked)).toBe('/'),
  );
  it.each(['/sign-in?to=/x', '/setup', '/join/abc', '/api/v1/me'])('does not go in circles: %s', (path) => expect(ownPath(path)).toBe('/'));
});
