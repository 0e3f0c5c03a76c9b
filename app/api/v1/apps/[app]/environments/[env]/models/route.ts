import { z } from 'zod';
import { listDeployedModels } from '#lib/deploy/list-deployed-models.ts';
import { route } from '#lib/http/route.ts';

const wanted = z.strictObject({ app: z.string(), env: z.string() });

export const GET = route({ right: 'app:read', input: wanted }, listDeployedModels);
