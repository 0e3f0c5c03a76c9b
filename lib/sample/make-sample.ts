import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '#lib/access/actor.ts';
import { createApp } from '#lib/apps/create-app.ts';
import { createEnvironment } from '#lib/apps/create-environment.ts';
import { PROJECT_ROOT } from '#lib/config.ts';
import { deploymentEnd } from '#lib/deploy/jobs.ts';
import { startDeploy } from '#lib/deploy/start-deploy.ts';
import { push } from '#lib/source/push.ts';
import { readSource } from '#lib/source/read-source.ts';
import { store, transaction } from '#lib/store/store.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import { fillFile } from './fill-file.ts';

const APP = 'harbour';
const PRODUCTION = 'production';
const MADE = 'sample';
const SOURCE = join(PROJECT_ROOT, 'lib', 'sample', APP);
const CALLS = { [DEVELOPMENT]: 12, [PRODUCTION]: 60 };

/** Who makes the sample: nobody has signed in yet. */
const SYSTEM: Actor = {
  userId: 'system',
  email: 'Mooring',
  role: 'owner',
  scope: 'full',
  tokenId: null,
  onlyApp: null,
  onlyEnvironment: null,
};

/**
 * Makes the sample app on the first start: its source, filled files for two environments, deployed to development. A deploy to
 * production then lacks one required variable. Once made it does not come back, deleted or not.
 */
export async function makeSample(): Promise<void> {
  if (await store().setting.findUnique({ where: { key: MADE } })) return;
  if ((await store().app.count()) === 0) await make();
  await transaction((tx) => tx.setting.create({ data: { key: MADE, value: 'made' } }));
}

async function make(): Promise<void> {
  await createApp(SYSTEM, { name: APP });
  await push(SYSTEM, { app: APP, files: sourceFiles(), base: null });
  await createEnvironment(SYSTEM, { app: APP, name: PRODUCTION, protected: true });
  const source = await readSource(await store().app.findUniqueOrThrow({ where: { name: APP } }));
  for (const [environment, calls] of Object.entries(CALLS)) await fillFile(source, environment, calls);
  const { id } = await startDeploy(SYSTEM, { app: APP, env: DEVELOPMENT });
  await deploymentEnd(id);
}

/** The source as it lies beside this file: also an example of the format. */
function sourceFiles(): Record<string, string> {
  const paths = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(SOURCE, path), 'utf8')]),
  );
}
