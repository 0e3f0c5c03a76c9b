/** Sources and values for tests of connections, without a store. */
import { Secret } from '#lib/core/secret.ts';
import type { FieldTree, Source, SourceElement, VariableDefinition } from '#lib/source/source.ts';
import type { TypedValue, ValueSet } from '#lib/variables/resolution.ts';
import type { ServerBench } from './server-benches.ts';

export const PASSWORD_KEY = 'MAIN_PASSWORD';

export function valuesOf(values: Record<string, TypedValue>, environment = 'development'): ValueSet {
  return { environment: { name: environment, protected: false, position: 0 }, get: (key) => values[key] };
}

export function sourceOf(elements: SourceElement[], variables: Record<string, VariableDefinition> = {}): Source {
  return {
    app: { name: 'shop', title: 'Shop', defaultDatabase: null },
    variables: { [PASSWORD_KEY]: { type: 'secret' }, ...variables },
    elements,
  };
}

/** `databases.Main` on the bench's database, verified TLS, with a managed model on it. */
export function benchSource(bench: ServerBench, more: FieldTree = {}): Source {
  const body: FieldTree = {
    host: 'localhost',
    port: bench.port,
    user: bench.user,
    password: { $env: PASSWORD_KEY },
    tls: { mode: 'verify-full', ca: bench.authority.ca },
    database: bench.database,
    ...(bench.schema === null ? {} : { schema: bench.schema }),
    ...more,
  };
  return sourceOf([
    { id: 'e_main', fullName: 'databases.Main', type: bench.databaseType, title: 'Main', family: 'databases', body },
    {
      id: 'e_customer',
      fullName: 'models.Customer',
      type: 'models.NormalType',
      title: 'Customer',
      family: 'models',
      body: { database: 'databases.Main', table: 'customer', fields: [] },
    },
  ]);
}

export const benchValues = (bench: ServerBench): ValueSet => valuesOf({ [PASSWORD_KEY]: new Secret(bench.password) });
