import { z } from 'zod';
import { doctor } from '#lib/access/doctor.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ right: 'workspace:check', input: z.strictObject({}) }, doctor);
