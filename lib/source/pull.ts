import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { findApp } from '#lib/apps/find-app.ts';
import type { SourceBundle } from '#lib/http/api.ts';
import { baseOf, writeBase } from './base.ts';
import { readSource } from './read-source.ts';
import { sourceFiles } from './source-files.ts';

export const pullInput = z.strictObject({ app: z.string() });

/** The app's source as files, and the base that a later push is compared with. */
export async function pull(actor: Actor, input: z.output<typeof pullInput>): Promise<SourceBundle> {
  const app = await findApp(actor, 'app:read', input.app);
  const source = await readSource(app);
  return { files: sourceFiles(source), base: writeBase(baseOf(app.id, source)) };
}
