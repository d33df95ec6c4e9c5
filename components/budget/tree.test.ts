import { expect, it } from 'vitest';
import type { BudgetOut } from '@/lib/budget/schema';
import { treeOf } from './tree';

const budget = (name: string, scope: BudgetOut['scope'], utilisation = 0, kind: BudgetOut['kind'] = 'scoped') =>
  ({ id: name, name, kind, scope, current: { utilisation } }) as BudgetOut;

const shown = (budgets: BudgetOut[]): string[] => treeOf(budgets).map(({ budget: { name }, depth }) => `${'  '.repeat(depth)}${name}`);

it('puts each budget under the narrowest that contains it, the most used first', () => {
  const budgets = [
    budget('prod', { workload: 'bot', tags: { env: 'prod' } }, 0.4),
    budget('acme', { customer: 'acme' }, 0.1),
    budget('bot', { workload: 'bot' }, 0.5),
    budget('chat', { workload: 'bot', feature: 'chat' }, 0.9),
    budget('everything', {}, 0.2, 'everything'),
    budget('nobody', {}, 0.7, 'unassigned'),
  ];
  expect(shown(budgets)).toEqual(['everything', '  nobody', '  bot', '    chat', '    prod', '  acme']);
});

it('keeps two budgets of the same scope side by side', () => {
  expect(shown([budget('a', { workload: 'bot' }, 0.2), budget('b', { workload: 'bot' }, 0.1)])).toEqual(['a', 'b']);
});
