import { z } from 'zod';
import { route } from '#lib/http/route.ts';
import { readPortability } from '#lib/portability/read-portability.ts';

export const GET = route({ right: 'app:read', input: z.strictObject({}) }, readPortability);
