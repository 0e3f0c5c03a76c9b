import { z } from 'zod';
import { planDeploy } from '#lib/deploy/plan-deploy.ts';
import { route } from '#lib/http/route.ts';

const wanted = z.strictObject({
  app: z.string(),
  env: z.string(),
  confirmTargets: z.boolean().optional(),
});

export const POST = route({ right: 'element:test', input: wanted }, planDeploy);
