// The packages of package-lock.json, installed when it changed. Plain JavaScript.
import { hashOf, isFresh, setStamp } from './stamp.mjs';
import { quietStep } from './steps.mjs';

const STAMP = 'node_modules/.mooring-install';

/** @param {NodeJS.WritableStream} out where its progress is told  @throws {StepFailed} when npm does */
export async function installPackages(out = process.stdout) {
  const hash = hashOf(['package-lock.json', '.npmrc']);
  if (isFresh(STAMP, hash)) return;
  await quietStep('Installing packages', {
    name: 'install',
    command: 'npm',
    // not `npm ci`: it refuses a lock file without the optional packages of other platforms, and npm leaves those out of the lock
    // where its registry does not carry them. The build and Prisma's generator are development packages: a first start needs both.
    out,
    args: ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund'],
  });
  setStamp(STAMP, hash);
}
