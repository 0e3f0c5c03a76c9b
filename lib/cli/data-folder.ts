import { isAbsolute, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** MOORING_HOME, as the portal resolves it. */
export function dataFolder(): string {
  const home = process.env.MOORING_HOME ?? '.mooring';
  return isAbsolute(home) ? home : join(root, home);
}
