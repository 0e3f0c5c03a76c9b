import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { config } from '#lib/config.ts';

/**
 * Moves the database files of an app, or of one of its environments, to `trash/` in the data folder.
 * @returns the new place, relative to the data folder; null when there were none
 */
export async function moveToTrash(app: string, environment?: string): Promise<string | null> {
  const { home } = config();
  const files = join(home, 'data', app, ...(environment === undefined ? [] : [environment]));
  if (!existsSync(files)) return null;
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const place = join('trash', [app, ...(environment === undefined ? [] : [environment]), stamp].join('_'));
  await mkdir(join(home, 'trash'), { recursive: true, mode: 0o700 });
  await rename(files, join(home, place));
  return place;
}
