import { z } from 'zod';
import { readDeployment } from '#lib/deploy/read-deployments.ts';
import { route } from '#lib/http/route.ts';

const wanted = z.strictObject({ app: z.string(), env: z.string(), id: z.string() });

export const GET = route({ right: 'app:read', input: wanted }, readDeployment);
