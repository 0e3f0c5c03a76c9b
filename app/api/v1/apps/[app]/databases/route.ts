import { z } from 'zod';
import { draftSchema } from '#lib/http/draft-schema.ts';
import { route } from '#lib/http/route.ts';
import { listDatabases } from '#lib/introspection/list-databases.ts';

const wanted = z.strictObject({
  app: z.string(),
  environment: z.string().optional(),
  element: z.string().optional(),
  draft: draftSchema.optional(),
  confirmTargets: z.boolean().optional(),
  list: z.literal(true).optional(),
});

export const POST = route({ right: 'element:test', input: wanted }, (actor, { list: _list, ...looked }) =>
  listDatabases(actor, looked),
);
