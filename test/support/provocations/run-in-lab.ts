import { runStages } from '#lib/connections/test/run-stages.ts';
import { Secret } from '#lib/core/secret.ts';
import type { TestReport } from '#lib/http/api.ts';
import type { FieldTree } from '#lib/source/source.ts';
import { PASSWORD_KEY, sourceOf, valuesOf } from '../trial.ts';
import { CLIENT_KEY } from './provocation.ts';
import type { Lab, Provoked } from './provocation.ts';

const surroundings = { policy: { mode: 'local' as const, allow: [], portalPort: 3000 }, forbidden: [] };

/** The whole test of the lab's element, with a managed model on it, as it is changed. */
export function runInLab(lab: Lab, provoked: Provoked = {}, totalMs?: number): Promise<TestReport> {
  const { fields, password = lab.password, clientKey = '', resolver, inProtected = false } = provoked;
  const body: FieldTree = { ...lab.fields, ...fields };
  if ('host' in lab.fields) body['password'] = { $env: PASSWORD_KEY };
  const source = sourceOf(
    [
      { id: 'e_main', fullName: 'databases.Main', type: lab.databaseType, title: 'Main', family: 'databases', body },
      {
        id: 'e_customer',
        fullName: 'models.Customer',
        type: 'models.NormalType',
        title: 'Customer',
        family: 'models',
        body: { database: 'databases.Main', table: 'customer', fields: [] },
      },
    ],
    { [CLIENT_KEY]: { type: 'secret' } },
  );
  return runStages({
    source,
    values: valuesOf({ [PASSWORD_KEY]: new Secret(password), [CLIENT_KEY]: new Secret(clientKey) }),
    element: 'databases.Main',
    place: { app: 'shop', environment: 'development' },
    protected: inProtected,
    options: { surroundings: { ...surroundings, home: lab.home }, ...(resolver && { resolver }) },
    ...(totalMs !== undefined && { totalMs }),
  });
}
