import { z } from 'zod';
import type { FieldTree } from '#lib/source/source.ts';

/** An element on the screen: its body is checked by its definition later, secrets are texts by dotted field. */
export const draftSchema = z.strictObject({
  type: z.string(),
  body: z.record(z.string(), z.unknown()).transform((body) => body as FieldTree),
  secrets: z.record(z.string(), z.string().max(1024 * 1024)).optional(),
});
