import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { findApp } from '#lib/apps/find-app.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import { readSourceState } from '#lib/source/source-state.ts';
import { elementDetail, findElement } from './element-detail.ts';

export const readElementInput = z.strictObject({ app: z.string(), fullName: z.string() });

export async function readElement(actor: Actor, input: z.output<typeof readElementInput>): Promise<ElementDetail> {
  const state = await readSourceState(await findApp(actor, 'app:read', input.app));
  return elementDetail(state, findElement(state, input.fullName));
}
