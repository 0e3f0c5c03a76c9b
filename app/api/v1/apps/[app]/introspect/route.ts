import { z } from 'zod';
import { route } from '#lib/http/route.ts';
import { introspect } from '#lib/introspection/introspect.ts';

const wanted = z.strictObject({
  app: z.string(),
  database: z.string(),
  environment: z.string().optional(),
  tables: z.array(z.string()).optional(),
});

export const POST = route({ right: 'element:test', input: wanted }, introspect);
