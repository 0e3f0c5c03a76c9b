import { z } from 'zod';
import { draftSchema } from '#lib/http/draft-schema.ts';
import { route } from '#lib/http/route.ts';
import { createDatabase } from '#lib/introspection/create-database.ts';

const wanted = z.strictObject({
  app: z.string(),
  environment: z.string().optional(),
  element: z.string().optional(),
  draft: draftSchema.optional(),
  confirmTargets: z.boolean().optional(),
  what: z.enum(['database', 'schema', 'file']),
});

export const POST = route({ right: 'element:test', input: wanted, status: 201 }, createDatabase);
