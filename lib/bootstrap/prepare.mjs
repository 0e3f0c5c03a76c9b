// The store's client, generated when the Prisma schema changed. Plain JavaScript.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, isFresh, setStamp } from './stamp.mjs';
import { quietStep, root, tool } from './steps.mjs';

const SCHEMA = 'prisma/sqlite/schema.prisma';
const STAMP = 'lib/store/generated/.mooring-prepare';

/** @throws {StepFailed} when Prisma does */
export async function prepareStore() {
  if (!existsSync(join(root, SCHEMA))) return;
  const hash = hashOf(['prisma', 'package-lock.json'], (path) => !path.includes('migrations'));
  if (isFresh(STAMP, hash)) return;
  await quietStep('Generating the store client', {
    name: 'prisma',
    command: tool('prisma'),
    args: ['generate', '--schema', SCHEMA],
    env: {
      // generate asks only that the engine is there, it never runs it: this saves a download of 20 MB
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  setStamp(STAMP, hash);
}
