import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { environmentRows } from './environment-rows.ts';
import { findApp } from './find-app.ts';

export const listEnvironmentsInput = z.strictObject({ app: z.string() });

export async function listEnvironments(
  actor: Actor,
  input: z.output<typeof listEnvironmentsInput>,
): Promise<{ environments: EnvironmentRow[] }> {
  const app = await findApp(actor, 'app:read', input.app);
  return { environments: await environmentRows(app) };
}
