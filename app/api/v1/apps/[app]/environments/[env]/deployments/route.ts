import { z } from 'zod';
import { listDeployments } from '#lib/deploy/read-deployments.ts';
import { startDeploy } from '#lib/deploy/start-deploy.ts';
import { route } from '#lib/http/route.ts';

const place = { app: z.string(), env: z.string() };

export const GET = route({ right: 'app:read', input: z.strictObject(place) }, listDeployments);

const wanted = z.strictObject({
  ...place,
  approve: z.string().max(100).optional(),
  confirmTargets: z.boolean().optional(),
});

export const POST = route({ right: 'deploy', input: wanted, status: 202 }, startDeploy);
