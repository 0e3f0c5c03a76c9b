import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainAll } from '#lib/connections/pools.ts';
import { settleAllInterrupted } from '#lib/deploy/interrupted.ts';
import { hostname } from 'node:os';
import { readDeployment } from '#lib/deploy/read-deployments.ts';
import type { Plan } from '#lib/deploy/plan.ts';
import { store } from '#lib/store/store.ts';
import { owner } from '#test/support/actors.ts';
import { deployed, field, idField, main, model } from '#test/support/deploy-driver.ts';
import { type OwnApp, ownApp } from '#test/support/own-app.ts';
import { ownStore } from '#test/support/store.ts';

const { ready, remove } = ownStore();

beforeAll(ready);
afterAll(async () => {
  await drainAll();
  await remove();
});

/** A deploy whose process is no more: two of three statements done, the third under way. */
async function deadDeploy(app: OwnApp, leaseOwner: string): Promise<string> {
  const environmentId = app.environmentId('development');
  const id = `d_${app.name}`;
  const database = { element: 'databases.Main', transactional: false } as Plan['databases'][number];
  const plan = JSON.stringify({ databases: [database] });
  await store().environment.update({
    where: { id: environmentId },
    data: { leaseOwner, leaseUntil: new Date(Date.now() + 15_000), fencingToken: { increment: 1 } },
  });
  await store().deployment.create({ data: { id, environmentId, kind: 'deploy', state: 'running', plan } });
  await store().deploymentStep.create({
    data: { id: `${id}_s`, deploymentId: id, position: 6, stage: 'migrate', state: 'running', startedAt: new Date() },
  });
  for (const [at, state] of ['done', 'done', 'running'].entries())
    await store().journalEntry.create({
      data: {
        id: `${id}_${at}`,
        deploymentId: id,
        element: 'databases.Main',
        ordinal: at + 1,
        phase: 'additive',
        sql: 'x',
        state,
      },
    });
  return id;
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  return child.pid!;
}

describe('a deploy whose portal died', () => {
  it('is shown as interrupted after the start, with what was applied', async () => {
    const app = await ownApp('died', { development: false });
    const id = await deadDeploy(app, `${hostname()}/${await deadPid()}/x`);
    await settleAllInterrupted();
    const detail = await readDeployment(owner, { app: app.name, env: 'development', id });
    expect(detail).toMatchObject({
      state: 'interrupted',
      outcome: [{ element: 'databases.Main', state: 'partial', applied: 2, of: 3 }],
      stages: [{ stage: 'migrate', state: 'failed' }],
    });
    expect(detail.reasons.map((reason) => reason.code)).toEqual(['interrupted']);
  });

  it('stands in nobody’s way', async () => {
    const app = await ownApp('free', { development: false });
    await app.source([main, model('Artist', [idField, field('name')])]);
    const id = await deadDeploy(app, `${hostname()}/${await deadPid()}/x`);
    expect((await deployed(app, 'development')).state).toBe('done');
    expect((await readDeployment(owner, { app: app.name, env: 'development', id })).state).toBe('interrupted');
  });

  it('is left alone while its process may live', async () => {
    const app = await ownApp('lives', { development: false });
    await app.source([main]);
    const id = await deadDeploy(app, 'another-machine/1/x');
    await settleAllInterrupted();
    expect((await readDeployment(owner, { app: app.name, env: 'development', id })).state).toBe('running');
    const refused = await deployed(app, 'development');
    expect(refused).toMatchObject({ state: 'refused', reasons: [{ code: 'deploy-running' }] });
  });
});
