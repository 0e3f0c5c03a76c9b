import { z } from 'zod';
import { readMe } from '#lib/access/read-me.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ right: 'workspace:check', input: z.strictObject({}) }, readMe);
