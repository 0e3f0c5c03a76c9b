import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainAll } from '#lib/connections/pools.ts';
import type {
  DeployedModel,
  DeploymentDetail,
  DeploymentRow,
  PlanAnswer,
  Problem,
  ReleaseRow,
  SourceBundle,
} from '#lib/http/api.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { api, people } from '#test/support/api.ts';
import { field, idField, model } from '#test/support/deploy-driver.ts';
import { ownApp } from '#test/support/own-app.ts';
import { ownStore } from '#test/support/store.ts';

const own = ownStore();
let tokens: Awaited<ReturnType<typeof people>>;

const main: SourceElement = {
  family: 'databases',
  id: 'e_main',
  fullName: 'databases.Main',
  type: 'databases.SqliteType',
  title: 'Main',
  body: { file: 'main.db', readOnly: { $env: 'READ_ONLY' } },
};
const READ_ONLY = { READ_ONLY: { type: 'boolean', default: false } } as const;

beforeAll(async () => {
  await own.ready();
  tokens = await people();
});
afterAll(async () => {
  await drainAll();
  await own.remove();
});

const call = <T>(method: string, path: string, body?: unknown, token = tokens.owner) =>
  api<T>(method, path, { token, ...(body === undefined ? {} : { body }) });

/** Polls as page and command line do. */
async function ended(at: string, id: string): Promise<DeploymentDetail> {
  const read = async () => (await call<DeploymentDetail>('GET', `${at}/deployments/${id}`)).body;
  await expect.poll(async () => (await read()).state, { timeout: 20_000 }).not.toBe('running');
  return read();
}

async function deploy(at: string, body: object = {}): Promise<DeploymentDetail> {
  const started = await call<{ id: string }>('POST', `${at}/deployments`, body);
  expect(started.status).toBe(202);
  return ended(at, started.body.id);
}

describe('over the management API', () => {
  it('plans, deploys with the hash of the plan, lists, and rolls back', async () => {
    const app = await ownApp('api', { development: false, production: true });
    await app.source([main, model('Artist', [idField, field('name')], { label: 'name' })], READ_ONLY);
    const at = '/apps/api/environments/production';
    const plan = await call<PlanAnswer>('POST', `${at}/plan`, {});
    expect(plan).toMatchObject({ status: 200, body: { changes: 1, plan: { needsConsent: true }, reasons: [] } });
    expect(existsSync(join(own.home, 'data', 'api', 'production', 'main.db'))).toBe(false);
    expect((await deploy(at)).state).toBe('refused');
    const done = await deploy(at, { approve: plan.body.plan.hash });
    expect(done).toMatchObject({ state: 'done', by: 'owner@example.org', releaseNumber: 1 });
    const told = Object.fromEntries(done.stages.map(({ stage, message }) => [stage, message]));
    expect(told).toMatchObject({
      freeze: `Release 1 (${done.release}).`,
      plan: `1 change, plan ${done.planHash}.`,
      approve: 'Consent was given to this plan.',
      migrate: '1 statement applied.',
    });

    await app.source([main, model('Artist', [idField, field('name'), field('town')])], READ_ONLY);
    const next = await call<PlanAnswer>('POST', `${at}/plan`, {});
    await deploy(at, { approve: next.body.plan.hash });
    const releases = await call<{ releases: ReleaseRow[] }>('GET', `${at}/releases`);
    expect(releases.body.releases.map(({ number, active }) => [number, active])).toEqual([
      [2, true],
      [1, false],
    ]);
    const back = await call<{ id: string }>('POST', `${at}/rollback`, {});
    expect(back.status).toBe(202);
    expect(await ended(at, back.body.id)).toMatchObject({ state: 'done', kind: 'rollback', releaseNumber: 1 });
    const models = await call<{ models: DeployedModel[] }>('GET', `${at}/models`);
    expect(models.body.models).toEqual([
      {
        name: 'Artist',
        fullName: 'models.Artist',
        database: 'databases.Main',
        profile: null,
        table: 'artist',
        fields: [
          { name: 'id', type: 'integer' },
          { name: 'name', type: 'text' },
        ],
        key: ['id'],
        label: 'name',
        readOnly: false,
      },
    ]);
    const history = await call<{ deployments: DeploymentRow[] }>('GET', `${at}/deployments`);
    expect(history.body.deployments.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'rollback done',
      'deploy done',
      'deploy done',
      'deploy refused',
    ]);
  });

  it('lets viewers read, and nobody beyond his rights deploy', async () => {
    const app = await ownApp('rights', { development: false, production: true });
    await app.source([main], READ_ONLY);
    const at = '/apps/rights/environments';
    const status = async (method: string, path: string, token: string) =>
      (await call(method, `${at}${path}`, method === 'POST' ? {} : undefined, token)).status;
    expect(await status('GET', '/production/deployments', tokens.viewer)).toBe(200);
    expect(await status('POST', '/development/deployments', tokens.viewer)).toBe(403);
    expect(await status('POST', '/production/deployments', tokens.developer)).toBe(403);
    expect(await status('POST', '/production/rollback', tokens.developer)).toBe(403);
    expect(await status('GET', '/production/deployments/d_none', tokens.viewer)).toBe(404);
    expect(await status('GET', '/nowhere/deployments', tokens.viewer)).toBe(404);
  });

  it('refuses a plan with every reason, as a deploy would', async () => {
    const app = await ownApp('refused', { development: false });
    const file = { file: { $env: 'FILE' } };
    await app.source([{ ...main, body: file } as SourceElement], { FILE: { type: 'text' } });
    const refused = await call<Problem>('POST', '/apps/refused/environments/development/plan', {});
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'refused', reasons: [{ element: 'databases.Main', variable: 'FILE', code: 'missing-variable' }] },
    });
  });

  it('plans the source of a folder without saving it, the same each time', async () => {
    const app = await ownApp('folder', { development: false });
    await app.source([main, model('Artist', [idField])], READ_ONLY);
    const { files } = (await call<SourceBundle>('GET', '/apps/folder/source')).body;
    const more: Record<string, string> = {
      ...files,
      'models/Album/e.json': JSON.stringify({ title: 'Album', type: 'models.NormalType' }),
      'models/Album/Album.json': JSON.stringify({ table: 'album', fields: [{ ...idField, id: undefined }] }),
    };
    const at = '/apps/folder/environments/development/plan';
    const first = await call<PlanAnswer>('POST', at, { files: more });
    expect(first).toMatchObject({ status: 200, body: { changes: 2 } });
    expect((await call<PlanAnswer>('POST', at, { files: more })).body.plan.hash).toBe(first.body.plan.hash);
    expect((await call<PlanAnswer>('POST', at, {})).body.changes).toBe(1);
    const wrong = await call<Problem>('POST', at, { files: { ...more, 'models/Album/Album.json': '{' } });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'wrong-input' } });
  });

  it('plans nothing on a database that is read-only in an environment: its models must fit', async () => {
    const app = await ownApp('readonly', { development: false });
    await app.source([main, model('Artist', [idField])], READ_ONLY);
    const at = '/apps/readonly/environments/development';
    expect((await deploy(at)).state).toBe('done');
    await app.values('development', { READ_ONLY: 'true' });
    await app.source([main, model('Artist', [idField, field('name')])], READ_ONLY);
    const refused = await deploy(at);
    expect(refused).toMatchObject({
      state: 'refused',
      reasons: [{ element: 'models.Artist', field: 'fields.name', code: 'missing-column' }],
      plan: { changes: 0 },
    });
    // What was recorded as made before is still known, and still not dropped there.
    await app.source([main], READ_ONLY);
    expect(await deploy(at)).toMatchObject({ state: 'done', plan: { changes: 0 } });
    await app.values('development', { READ_ONLY: 'false' });
    expect((await deploy(at)).reasons).toMatchObject([{ code: 'confirmation-needed' }]);
  });

  it('plans a new table for a model on another database, and leaves the old one, both shown', async () => {
    const app = await ownApp('moves', { development: false });
    const other: SourceElement = {
      ...main,
      id: 'e_other',
      fullName: 'databases.Other',
      body: { file: 'other.db' },
    } as SourceElement;
    await app.source([main, other, model('Artist', [idField])], READ_ONLY);
    const at = '/apps/moves/environments/development';
    await deploy(at);
    await app.source([main, other, model('Artist', [idField], { database: 'databases.Other' })], READ_ONLY);
    const moved = await deploy(at);
    expect(moved.state).toBe('done');
    const [here, there] = moved.plan!.databases;
    expect(here).toMatchObject({ element: 'databases.Main', changes: [] });
    expect(here?.notes).toEqual([expect.stringContaining('its table artist stays here')]);
    expect(there?.changes.map(({ change }) => change.kind)).toEqual(['create-table']);
  });
});
