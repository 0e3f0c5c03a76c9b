// The portal's pages, built when their sources changed. Plain JavaScript.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, isFresh, setStamp } from './stamp.mjs';
import { quietStep, root, tool } from './steps.mjs';

const STAMP = '.next/.mooring-build';
const SOURCES = ['app', 'elements', 'lib', 'public', 'prisma', 'package-lock.json', 'next.config.js', 'tsconfig.json'];
const NOT_BUILT = /\.test\.tsx?$|^lib\/bootstrap$|^lib\/cli$|^lib\/store\/generated$|^prisma\/.*migrations$/;

/** @throws {StepFailed} when the build does */
export async function buildPages() {
  if (!existsSync(join(root, 'app'))) return;
  const hash = hashOf(SOURCES, (path) => !NOT_BUILT.test(path));
  if (isFresh(STAMP, hash)) return;
  await quietStep('Building the portal', {
    name: 'build',
    command: tool('next'),
    args: ['build'],
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  setStamp(STAMP, hash);
}
