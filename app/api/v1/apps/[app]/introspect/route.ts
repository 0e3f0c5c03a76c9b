import { z } from 'zod';
import { route } from '#lib/http/route.ts';
import { introspect } from '#lib/introspection/introspect.ts';
import { proposeModels } from '#lib/introspection/propose-models.ts';

const wanted = z.strictObject({
  app: z.string(),
  database: z.string(),
  environment: z.string().optional(),
  tables: z.array(z.string()).optional(),
  models: z.boolean().optional(),
  keepNames: z.boolean().optional(),
  folder: z.string().optional(),
});

export const POST = route(
  { right: 'element:test', input: wanted },
  (actor, { models, keepNames, folder, ...request }) =>
    models ? proposeModels(actor, { ...request, keepNames, folder }) : introspect(actor, request),
);
