import { z } from 'zod';
import { startRollback } from '#lib/deploy/rollback.ts';
import { route } from '#lib/http/route.ts';

const wanted = z.strictObject({
  app: z.string(),
  env: z.string(),
  release: z.string().max(100).optional(),
  confirmTargets: z.boolean().optional(),
});

export const POST = route({ right: 'deploy', input: wanted, status: 202 }, startRollback);
