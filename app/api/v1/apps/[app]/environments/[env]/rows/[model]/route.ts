import { z } from 'zod';
import { readRows } from '#lib/data/read-rows.ts';
import { route } from '#lib/http/route.ts';

const wanted = z.strictObject({ app: z.string(), env: z.string(), model: z.string(), query: z.string().optional() });

export const GET = route({ right: 'data:read', input: wanted }, readRows);
