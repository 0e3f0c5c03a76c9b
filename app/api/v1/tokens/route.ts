import { z } from 'zod';
import { lifetime } from '#lib/access/expiry.ts';
import { createManagementToken, listTokens } from '#lib/access/tokens.ts';
import { route } from '#lib/http/route.ts';

const wanted = z.strictObject({
  scope: z.enum(['read', 'source', 'deploy', 'full']),
  app: z.string().optional(),
  env: z.string().optional(),
  expires: lifetime.optional(),
});

export const GET = route({ right: 'app:read', input: z.strictObject({ app: z.string().optional() }) }, listTokens);
export const POST = route({ right: 'token:create', input: wanted, status: 201 }, createManagementToken);
