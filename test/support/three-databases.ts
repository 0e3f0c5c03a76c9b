/** An app with one database element per engine, all of it through the management API, every place a variable. */
import { setTimeout as wait } from 'node:timers/promises';
import type { EngineName } from '#elements/database/definitions.ts';
import type { DeploymentDetail, PlanAnswer } from '#lib/http/api.ts';
import { isStarted } from './live-engines.ts';
import type { NativeDatabase } from './native-database.ts';
import type { TestPortal } from './portal.ts';

type Model = { fullName: string; title: string; body: Record<string, unknown> };

/** The element of each engine, the folder of its models and the start of its variables' keys. */
export const ELEMENTS: Record<EngineName, { element: string; type: string; folder: string; prefix: string }> = {
  sqlite: { element: 'databases.Lite', type: 'databases.SqliteType', folder: 'models.lite', prefix: 'LITE' },
  postgresql: { element: 'databases.Pg', type: 'databases.PgSqlType', folder: 'models.pg', prefix: 'PG' },
  mysql: { element: 'databases.My', type: 'databases.MySQLType', folder: 'models.my', prefix: 'MY' },
  sqlserver: { element: 'databases.Ms', type: 'databases.SqlServerType', folder: 'models.ms', prefix: 'MS' },
  oracle: { element: 'databases.Or', type: 'databases.OracleType', folder: 'models.or', prefix: 'OR' },
};
/** Those whose servers the tests start: each needs two of them at once. */
export const ENGINES = (Object.keys(ELEMENTS) as EngineName[]).filter(isStarted);

const POLL_MS = 50;

const FIELDS = {
  file: ['FILE', 'text'],
  host: ['HOST', 'text'],
  port: ['PORT', 'number'],
  user: ['USER', 'text'],
  password: ['PASSWORD', 'secret'],
  database: ['NAME', 'text'],
} as const;

const fieldsOf = (engine: EngineName) =>
  Object.entries(FIELDS).filter(([field]) => (field === 'file') === (engine === 'sqlite'));

/** The answer's JSON. @throws Error with the problem where it is no success */
export async function must<T>(answer: Promise<Response>): Promise<T> {
  const response = await answer;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${text}`);
  return (text === '' ? null : JSON.parse(text)) as T;
}

export type ThreeDatabases = {
  app: string;
  /** Sets what the variables of these databases hold in an environment, in one call. */
  place(environment: string, databases: NativeDatabase[], more?: object): Promise<void>;
  /** *From existing tables* of every engine, as they are in `development`; saved as `change` makes them. */
  modelsFromTables(change?: (body: Record<string, unknown>) => Record<string, unknown>): Promise<Model[]>;
  plan(environment: string): Promise<PlanAnswer>;
  /** Waits for the end, whatever it is. */
  deploy(environment: string, approve?: string): Promise<DeploymentDetail>;
  dataToken(environment: string, role: 'read' | 'write'): Promise<string>;
};

/** @param environments besides `development` */
export async function threeDatabases(portal: TestPortal, app: string, environments: string[]): Promise<ThreeDatabases> {
  const post = <T>(path: string, body: object) => must<T>(portal.api(path, { method: 'POST', body }));
  const put = <T>(path: string, body: object) => must<T>(portal.api(path, { method: 'PUT', body }));
  await post('/apps', { name: app });
  for (const name of environments) await post(`/apps/${app}/environments`, { name });
  for (const engine of ENGINES) await makeElement(engine);

  async function makeElement(engine: EngineName): Promise<void> {
    const { element, type, prefix } = ELEMENTS[engine];
    const body: Record<string, unknown> = {};
    for (const [field, [end, kind]] of fieldsOf(engine)) {
      await put(`/apps/${app}/variables/${prefix}_${end}`, { definition: { type: kind, required: true } });
      body[field] = { $env: `${prefix}_${end}` };
    }
    await post(`/apps/${app}/elements`, { fullName: element, type, title: element, body });
  }

  const at = (environment: string) => `/apps/${app}/environments/${environment}`;
  return {
    app,
    async place(environment, databases, more = {}) {
      const values = Object.fromEntries(
        databases.flatMap(({ engine, values: held }) =>
          Object.entries(held).map(([end, text]) => [`${ELEMENTS[engine].prefix}_${end}`, text]),
        ),
      );
      await put(`${at(environment)}/values`, { values, ...more });
    },
    async modelsFromTables(change = (body) => body) {
      const all: Model[] = [];
      for (const engine of ENGINES) {
        const { element, folder } = ELEMENTS[engine];
        const wanted = { database: element, models: true, folder };
        const { models } = await post<{ models: Model[] }>(`/apps/${app}/introspect`, wanted);
        const made = models.map((model) => ({ ...model, type: 'models.NormalType', body: change(model.body) }));
        await post(`/apps/${app}/elements/many`, { elements: made });
        all.push(...made);
      }
      return all;
    },
    plan: (environment) => post<PlanAnswer>(`${at(environment)}/plan`, {}),
    async deploy(environment, approve) {
      const body = approve === undefined ? {} : { approve };
      const { id } = await post<{ id: string }>(`${at(environment)}/deployments`, body);
      for (;;) {
        const now = await must<DeploymentDetail>(portal.api(`${at(environment)}/deployments/${id}`));
        if (now.state !== 'running') return now;
        await wait(POLL_MS);
      }
    },
    async dataToken(environment, role) {
      return (await post<{ token: string }>(`${at(environment)}/tokens`, { role })).token;
    },
  };
}
