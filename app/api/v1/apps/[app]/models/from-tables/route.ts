import { z } from 'zod';
import { route } from '#lib/http/route.ts';
import { createModels } from '#lib/introspection/create-models.ts';

const wanted = z.strictObject({
  app: z.string(),
  database: z.string(),
  environment: z.string().optional(),
  tables: z.array(z.string()).min(1),
  keepNames: z.boolean().optional(),
  folder: z.string().optional(),
});

export const POST = route({ right: 'source:write', input: wanted, status: 201 }, createModels);
