import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitions } from '#elements/database/definitions.ts';
import { drainAll } from '#lib/connections/pools.ts';
import { planDeploy } from '#lib/deploy/plan-deploy.ts';
import { proposeModels } from '#lib/introspection/propose-models.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { owner } from '#test/support/actors.ts';
import { chinook } from '#test/support/datasets/chinook.ts';
import { isScripted, type ScriptedEngine } from '#test/support/datasets/dataset.ts';
import { skySurvey } from '#test/support/datasets/sky-survey.ts';
import { enginesUnderTest } from '#test/support/live-engines.ts';
import { startMariadb } from '#test/support/mariadb-server.ts';
import { nativeFile, nativeMariadb, nativePostgres, type NativeDatabase } from '#test/support/native-database.ts';
import { nativeSqlServer } from '#test/support/native-sqlserver.ts';
import { ownApp } from '#test/support/own-app.ts';
import { startPostgres } from '#test/support/postgres-server.ts';
import { ownStore } from '#test/support/store.ts';

const own = ownStore();
const stops: (() => Promise<void>)[] = [];
const PASSWORD = 'lantern gravel 41';
const folder = process.env.CHINOOK_DIR;

beforeAll(own.ready);
afterAll(async () => {
  await drainAll();
  for (const stop of stops) await stop();
  await own.remove();
});

const natives: Record<ScriptedEngine, (app: string) => Promise<NativeDatabase>> = {
  sqlite: async (app) => nativeFile(own.home, app, 'development', 'main.db'),
  async postgresql() {
    const server = await startPostgres();
    stops.push(server.stop);
    return nativePostgres(server, 'adopt', PASSWORD, true);
  },
  async mysql() {
    const server = await startMariadb();
    stops.push(server.stop);
    return nativeMariadb(server, 'adopt', PASSWORD, true);
  },
  sqlserver: () => nativeSqlServer(process.env.SQLSERVER_URL ?? '', PASSWORD),
};

function databaseOn(name: ScriptedEngine, { values }: NativeDatabase): SourceElement {
  const heading = { family: 'databases', id: 'e_main', fullName: 'databases.Main', title: 'Main' } as const;
  const { databaseType: type } = definitions[name];
  if (values.FILE !== undefined) return { ...heading, type, body: { file: values.FILE } };
  const { HOST: host = '', PORT, USER: user = '', NAME: database = '' } = values;
  return { ...heading, type, body: { host, port: Number(PORT), user, password: { $env: 'PASSWORD' }, database } };
}

describe.each([skySurvey, ...(folder ? [chinook(folder)] : [])])('$name', (dataSet) => {
  it.each(enginesUnderTest.filter(isScripted))(
    'on %s: models made from its tables fit, and change nothing once they are managed',
    async (name) => {
      const app = await ownApp(`${dataSet.name.toLowerCase().replaceAll(' ', '-')}-${name}`, { development: false });
      const native = await natives[name](app.name);
      await native.load(dataSet.script(name));
      await native.grant();
      const main = databaseOn(name, native);
      await app.source([main], { PASSWORD: { type: 'secret' } });
      await app.values('development', { PASSWORD });
      const { models } = await proposeModels(owner, { app: app.name, database: main.fullName });
      expect(models.length).toBe(Object.keys(dataSet.counts).length);
      for (const managed of [false, true]) {
        const elements = models.map(({ fullName, title, body }, at): SourceElement => {
          const heading = { family: 'models', id: `e_${at}`, fullName, title, type: 'models.NormalType' } as const;
          return { ...heading, body: { ...body, managed } };
        });
        await app.source([main, ...elements], { PASSWORD: { type: 'secret' } });
        const { plan } = await planDeploy(owner, { app: app.name, env: 'development' });
        expect(plan.databases[0]?.changes.map(({ change }) => change)).toEqual([]);
        expect(plan.databases[0]?.drift).toEqual([]);
      }
    },
    60_000,
  );
});
