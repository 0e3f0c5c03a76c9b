import { z } from 'zod';
import { revokeToken } from '#lib/access/tokens.ts';
import { route } from '#lib/http/route.ts';

export const DELETE = route({ right: 'app:read', input: z.strictObject({ id: z.string() }) }, revokeToken);
