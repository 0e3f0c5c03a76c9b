// The main job on real schemas: three engines, two environments on servers of their own, models made from the tables that are there.
import { PostgrestClient } from '@supabase/postgrest-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chinook } from '#test/support/datasets/chinook.ts';
import type { DataSet, ScriptedEngine } from '#test/support/datasets/dataset.ts';
import { spelled } from '#test/support/datasets/dataset.ts';
import { skySurvey } from '#test/support/datasets/sky-survey.ts';
import { startMariadb, type Mariadb } from '#test/support/mariadb-server.ts';
import { nativeFile, nativeMariadb, nativePostgres, type NativeDatabase } from '#test/support/native-database.ts';
import { startPortal, type TestPortal } from '#test/support/portal.ts';
import { startPostgres, type PostgresServer } from '#test/support/postgres-server.ts';
import { ELEMENTS, ENGINES, threeDatabases, type ThreeDatabases } from '#test/support/three-databases.ts';

const folder = process.env.CHINOOK_DIR;
const dataSets: DataSet[] = [skySurvey, ...(folder ? [chinook(folder)] : [])];
const told = folder ? `from ${folder}` : 'is left out: CHINOOK_DIR names no folder with its scripts';
process.stdout.write(`data sets: ${dataSets.map(({ name }) => name).join(', ')}; Chinook ${told}\n`);

const ENVIRONMENTS = ['development', 'test'] as const;
type Environment = (typeof ENVIRONMENTS)[number];
type Servers = { postgres: PostgresServer; mariadb: Mariadb };

let portal: TestPortal;
let servers: Record<Environment, Servers>;

beforeAll(async () => {
  const start = async (): Promise<Servers> => {
    const [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
    return { postgres, mariadb };
  };
  const [first, second, started] = await Promise.all([start(), start(), startPortal()]);
  servers = { development: first, test: second };
  portal = started;
}, 120_000);

afterAll(async () => {
  await portal?.stop();
  const all = Object.values(servers ?? {}).flatMap(({ postgres, mariadb }) => [postgres, mariadb]);
  await Promise.all(all.map((server) => server.stop()));
});

describe.each(dataSets)('$name', (dataSet) => {
  const app = dataSet.name.toLowerCase().replaceAll(' ', '-');
  const base = app.replaceAll('-', '_');
  const marked = (environment: Environment) => `only in ${environment}`;
  const passwords: Record<Environment, string> = { development: 'lantern gravel 41', test: 'w@lrus/9:"x" Ünï$1' };
  const databases = {} as Record<Environment, NativeDatabase[]>;
  const tokens = {} as Record<Environment, string>;
  let made: ThreeDatabases;

  beforeAll(async () => {
    for (const environment of ENVIRONMENTS) {
      const { postgres, mariadb } = servers[environment];
      const all = [
        nativeFile(portal.home, app, environment, `${environment}.db`),
        await nativePostgres(postgres, base, passwords[environment]),
        await nativeMariadb(mariadb, base, passwords[environment]),
      ];
      await Promise.all(
        all.map(async (database) => {
          await database.load(dataSet.script(database.engine));
          await database.query(markerRow(database.engine, marked(environment)));
          await database.grant();
        }),
      );
      databases[environment] = all;
    }
  }, 120_000);

  function markerRow(engine: ScriptedEngine, text: string): string {
    const quote = engine === 'mysql' ? '`' : '"';
    const [table, key, column] = [dataSet.marker.table, dataSet.marker.key, dataSet.marker.column].map(
      (name) => `${quote}${name(engine)}${quote}`,
    );
    return `insert into ${table} (${key}, ${column}) values (9999, '${text}')`;
  }

  it('proposes the same models on each engine and serves them in both environments', async () => {
    made = await threeDatabases(portal, app, ['test']);
    for (const environment of ENVIRONMENTS) await made.place(environment, databases[environment]);
    const models = await made.modelsFromTables();
    for (const engine of ENGINES) {
      const names = models.map(({ fullName }) => fullName).filter((name) => name.startsWith(ELEMENTS[engine].folder));
      expect(names.map((name) => name.split('.').at(-1)).toSorted()).toEqual(Object.keys(dataSet.counts).toSorted());
    }
    expect(new Set(models.map(({ body }) => body.managed))).toEqual(new Set([false]));
    for (const environment of ENVIRONMENTS) {
      const done = await made.deploy(environment);
      expect(done).toMatchObject({ state: 'done', reasons: [], plan: { changes: 0 } });
      tokens[environment] = await made.dataToken(environment, 'read');
    }
  }, 60_000);

  const cases = ENGINES.flatMap((engine) => ENVIRONMENTS.map((environment) => ({ engine, environment })));

  const read = (
    engine: ScriptedEngine,
    environment: Environment,
    query: string,
    headers: Record<string, string> = {},
  ) =>
    fetch(`${portal.url}/data/${app}/${environment}/${query}`, {
      headers: {
        authorization: `Bearer ${tokens[environment]}`,
        'accept-profile': ELEMENTS[engine].element.replace('databases.', ''),
        ...headers,
      },
    });

  it.each(cases)('gives the true counts on $engine in $environment', async ({ engine, environment }) => {
    const counted: Record<string, number> = {};
    for (const model of Object.keys(dataSet.counts)) {
      const answer = await read(engine, environment, `${model}?limit=1`, { prefer: 'count=exact' });
      expect([answer.status, model]).toEqual([206, model]);
      counted[model] = Number(answer.headers.get('content-range')?.split('/')[1]);
      await answer.body?.cancel();
    }
    const { model } = dataSet.marker;
    expect(counted).toEqual({ ...dataSet.counts, [model]: dataSet.counts[model]! + 1 });
  });

  it.each(cases)('embeds and orders on $engine in $environment', async ({ engine, environment }) => {
    const { model, label, embed, embedLabel } = dataSet.joined;
    const answer = await read(
      engine,
      environment,
      `${model}?select=${label},${embed}(${embedLabel})&order=${label}&limit=5`,
    );
    expect(answer.status).toBe(200);
    const native = databases[environment].find((each) => each.engine === engine)!;
    expect(await answer.json()).toEqual(
      (await native.query(joinedByHand(engine))).map((row) => ({
        [label]: row.label,
        [embed]: { [embedLabel]: row.other },
      })),
    );
  });

  it.each(cases)('answers postgrest-js on $engine in $environment', async ({ engine, environment }) => {
    const { model, label, embed, embedLabel } = dataSet.joined;
    const client = new PostgrestClient(`${portal.url}/data/${app}/${environment}`, {
      headers: { authorization: `Bearer ${tokens[environment]}` },
      schema: ELEMENTS[engine].element.replace('databases.', ''),
    });
    const select = client.from(model).select(`${label},${embed}(${embedLabel})`, { count: 'exact' });
    const answer = await select.order(label, { ascending: false }).range(0, 1);
    expect(answer).toMatchObject({ error: null, status: 206, count: dataSet.counts[model] });
    expect(answer.data).toHaveLength(2);
  });

  function joinedByHand(engine: ScriptedEngine): string {
    const { model, label, embed, embedLabel } = dataSet.joined;
    const quote = engine === 'mysql' ? '`' : '"';
    const id = (name: string) => `${quote}${spelled(engine, name)}${quote}`;
    const [key, order] = [id(`${embed}_id`), `a.${id(label)}`];
    return `select ${order} as label, b.${id(embedLabel)} as other from ${id(model)} a join ${id(embed)} b on b.${key} = a.${key} order by ${order} limit 5`;
  }

  it.each(cases)('never shows the other place: $engine in $environment', async ({ engine, environment }) => {
    const { model } = dataSet.marker;
    const rows = await (await read(engine, environment, model)).text();
    expect(rows).toContain(marked(environment));
    const other = environment === 'test' ? 'development' : 'test';
    expect(rows).not.toContain(marked(other));
    const strange = await fetch(`${portal.url}/data/${app}/${environment}/${model}`, {
      headers: { authorization: `Bearer ${tokens[other]}` },
    });
    expect(strange.status).toBe(401);
  });
});
