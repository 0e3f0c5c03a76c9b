import { expect, it } from 'vitest';
import { definitionList } from '#elements/database/definitions.ts';
import { ELEMENT_NAME } from '#elements/element-name.ts';
import { connectionName } from './connection-name.ts';

const servers = definitionList.filter(({ connectionType }) => connectionType !== null);
const engine = servers[0]?.engine ?? '';
const first = (host: string, folder = 'connections') => connectionName({ folder, host, engine })[0];

it.each([
  ['', 'PrimaryDb'],
  ['db.dev.example.com', 'PrimaryDbDev'],
  ['127.0.0.1', 'PrimaryDbLocal'],
  ['localhost', 'PrimaryDbLocal'],
  ['10.0.0.7', 'PrimaryDb'],
  ['::ffff:10.0.0.7', 'PrimaryDb'],
  ['{{SHOP_HOST}}', 'PrimaryDb'],
  ['reporting-db-01.prod.example.com', 'ReportingDbProd'],
  ['web-shop.staging.internal', 'WebShopDbStaging'],
  ['db.test', 'PrimaryDb'],
  [`${'x'.repeat(80)}.example.com`, 'X'.padEnd(60, 'x')],
])('%j is called %s', (host, name) => expect(first(host)).toBe(name));

it('takes the purpose from the folder first', () => {
  expect(first('orders.dev.example.com', 'connections.eu.archive')).toBe('ArchiveDbDev');
});

it.each(servers)('says $title where the first name is taken, and can be saved', ({ engine: name, title }) => {
  const names = connectionName({ folder: 'connections', host: `${name}.qa.example.com`, engine: name });
  expect(names[0]).toBe('PrimaryDbQa');
  expect(names[1]).toBe(`Primary${title.replaceAll(/[^A-Za-z0-9]/g, '')}Qa`);
  for (const each of names) expect(each).toMatch(ELEMENT_NAME);
});
