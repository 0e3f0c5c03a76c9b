import { expect, test } from 'vitest';
import { serverTarget } from '#test/support/server-target.ts';
import { tls } from './tls.ts';
import type { Trial } from './trial.ts';

const trial = (ip: string) =>
  ({
    dial: { target: serverTarget({ host: 'db.example.com', ip, port: 5432 }) },
    resolved: { fields: { 'tls.mode': { value: 'disable', origin: { from: 'value', variable: 'DB_TLS' } } } },
    facts: {},
  }) as unknown as Trial;

test('not encrypted is a warning where the server is on another machine', async () => {
  expect(await tls.run(trial('10.0.0.7'))).toMatchObject({
    state: 'warning',
    code: 'not-encrypted',
    field: 'tls.mode',
    variable: 'DB_TLS',
  });
  expect(await tls.run(trial('127.0.0.1'))).toMatchObject({ state: 'skipped' });
});
