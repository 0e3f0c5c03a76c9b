import { z } from 'zod';
import { planDeploy } from '#lib/deploy/plan-deploy.ts';
import { PUSH_MAX_BYTES, route } from '#lib/http/route.ts';

const wanted = z.strictObject({
  app: z.string(),
  env: z.string(),
  files: z.record(z.string(), z.string()).optional(),
  confirmTargets: z.boolean().optional(),
});

export const POST = route({ right: 'element:test', input: wanted, maxBytes: PUSH_MAX_BYTES }, planDeploy);
