import { describe, expect, it } from 'vitest';
import { draftView, hrefOf, parseView, titleOfView, viewOfPath } from './view.ts';

describe('view', () => {
  it('reads an element, a page and a draft', () => {
    expect(parseView('databases.reporting.Archive')).toEqual({
      kind: 'databases',
      fullName: 'databases.reporting.Archive',
      draftType: null,
    });
    expect(parseView('variables')).toEqual({ kind: 'variables', fullName: null, draftType: null });
    expect(parseView(draftView('databases.PgSqlType', 'databases.Main'))).toEqual({
      kind: 'databases',
      fullName: 'databases.Main',
      draftType: 'databases.PgSqlType',
    });
  });

  it('goes to an address and back', () => {
    const view = draftView('databases.PgSqlType', 'databases.Main');
    const href = hrefOf('shop', view, 'production', '?filter=missing&env=test');
    expect(href).toBe('/apps/shop/new/databases.PgSqlType/databases.Main?filter=missing&env=production');
    expect(viewOfPath('shop', href.split('?')[0] ?? '')).toBe(view);
    expect(viewOfPath('shop', '/apps/shop')).toBe('');
  });

  it('leaves development out of the address', () => {
    expect(hrefOf('shop', 'variables', 'development', '?env=test')).toBe('/apps/shop/variables');
  });

  it('names a tab by the last part', () => {
    expect(titleOfView('databases.reporting.Archive')).toBe('Archive');
    expect(titleOfView('deploy')).toBe('Deploy');
  });
});
