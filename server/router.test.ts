import { describe, expect, it } from 'vitest';
import { type FrontDoor, makeRouter } from './router';

const aDoor = (method: string, path: string): FrontDoor => ({
  method,
  path,
  hot: true,
  handle: async () => new Response(`${method} ${path}`),
});
const router = makeRouter([
  aDoor('POST', '/api/v1/usage'),
  aDoor('GET', '/api/v1/budgets/{id}'),
  aDoor('GET', '/api/v1/budgets/current'),
  aDoor('PATCH', '/api/v1/budgets/{id}'),
  aDoor('PATCH', '/api/v1/usage/{eventId}/outcome'),
  aDoor('POST', '/api/gateway/{provider}/v1/{rest...}'),
]);
const path = (method: string, target: string) => router.find(method, target)?.door.path;
const params = (method: string, target: string) => router.find(method, target)?.params;

describe('the router', () => {
  it('finds a door by method and path, whatever the query', () => {
    expect(path('POST', '/api/v1/usage')).toBe('/api/v1/usage');
    expect(path('POST', '/api/v1/usage?dryRun=1/2')).toBe('/api/v1/usage');
  });

  it('gives what stands in braces', () => {
    expect(params('PATCH', '/api/v1/budgets/bud_1')).toEqual({ id: 'bud_1' });
  });

  it('decodes it, a slash too, and only once', () => {
    expect(params('PATCH', '/api/v1/usage/a%2Fb%20%C3%A9%2525/outcome')).toEqual({ eventId: 'a/b é%25' });
  });

  it('prefers the fixed word to the name, and goes back when the word leads nowhere', () => {
    expect(path('GET', '/api/v1/budgets/current')).toBe('/api/v1/budgets/current');
    expect(path('PATCH', '/api/v1/budgets/current')).toBe('/api/v1/budgets/{id}');
    expect(params('PATCH', '/api/v1/budgets/current')).toEqual({ id: 'current' });
  });

  it('takes all that follows where the path says so', () => {
    expect(params('POST', '/api/gateway/openai/v1/chat/completions?x=1')).toEqual({ provider: 'openai', rest: 'chat/completions' });
  });

  it('answers HEAD with the GET door', () => {
    expect(path('HEAD', '/api/v1/budgets/bud_1')).toBe('/api/v1/budgets/{id}');
  });

  it.each([
    ['GET', '/api/v1/usage'],
    ['POST', '/api/v1/usage/'],
    ['POST', '/api/v1//usage'],
    ['POST', '/api/v1'],
    ['GET', '/api/v1/budgets/'],
    ['GET', '/api/v1/budgets/a/b'],
    ['PATCH', '/api/v1/usage/%E0%A4%A/outcome'],
    ['POST', '/api/gateway/openai/v1/'],
    ['POST', 'http://elsewhere/api/v1/usage'],
    ['OPTIONS', '*'],
    ['GET', '/constructor'],
  ])('leaves %s %s to others', (method, target) => {
    expect(router.find(method, target)).toBeNull();
  });

  it.each([
    ['/api/v1/budgets/bud_1?state=open', ['GET', 'PATCH']],
    ['/api/gateway/openai/v1/models', ['POST']],
    ['/api/v1/elsewhere', []],
  ])('tells which methods %s answers', (target, methods) => {
    expect(router.methodsAt(target)).toEqual(methods);
  });

  it('refuses two doors for one request', () => {
    expect(() => makeRouter([aDoor('GET', '/a/{id}'), aDoor('GET', '/a/{name}')])).toThrow('Two doors');
  });

  it('finds its way among a thousand doors as fast as among one', () => {
    const doors = Array.from({ length: 1_000 }, (_, at) => aDoor('GET', `/api/v1/thing${at}/{id}/part`));
    const many = makeRouter(doors);
    const started = performance.now();
    for (let at = 0; at < 20_000; at++) many.find('GET', `/api/v1/thing${at % 1_000}/x/part`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
