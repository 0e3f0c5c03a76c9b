import { describe, expect, it } from 'vitest';
import { neighbourOf, opened, retargeted } from './tabs.ts';

const tabs = ['databases.Main', 'variables', 'models.Customer'].reduce(
  (now, view) => opened(now, view),
  opened([], 'new/databases.PgSqlType/databases.Main'),
);

describe('tabs', () => {
  it('opens a view once', () => {
    expect(opened(tabs, 'variables')).toBe(tabs);
    expect(new Set(tabs.map((tab) => tab.id)).size).toBe(4);
  });

  it('lets an address that is followed decide filters and sorts', () => {
    const followed = opened(tabs, 'variables', '?filter=missing');
    expect(followed.find((tab) => tab.view === 'variables')?.search).toBe('?filter=missing');
    expect(followed.map((tab) => tab.id)).toEqual(tabs.map((tab) => tab.id));
  });

  it('goes to the right neighbour, then to the left one', () => {
    expect(neighbourOf(tabs, tabs[1]?.id ?? '')?.view).toBe('variables');
    expect(neighbourOf(tabs, tabs[3]?.id ?? '')?.view).toBe('variables');
    expect(neighbourOf(opened([], 'deploy'), 'tab-x')?.view).toBe('deploy');
  });

  it('follows a moved element and keeps its tab, but not a draft of that name', () => {
    const after = retargeted(tabs, new Map([['databases.Main', 'databases.shop.Main']]));
    expect(after.map((tab) => tab.view)).toEqual([
      'new/databases.PgSqlType/databases.Main',
      'databases.shop.Main',
      'variables',
      'models.Customer',
    ]);
    expect(after.map((tab) => tab.id)).toEqual(tabs.map((tab) => tab.id));
  });
});
