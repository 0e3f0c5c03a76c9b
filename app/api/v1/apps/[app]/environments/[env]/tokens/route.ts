import { z } from 'zod';
import { lifetime } from '#lib/access/expiry.ts';
import { createDataToken } from '#lib/access/tokens.ts';
import { route } from '#lib/http/route.ts';

const wanted = z.strictObject({
  app: z.string(),
  env: z.string(),
  role: z.enum(['read', 'write']),
  expires: lifetime.optional(),
});

export const POST = route({ right: 'token:create', input: wanted, status: 201 }, (actor, { env, ...rest }) =>
  createDataToken(actor, { ...rest, environment: env }),
);
