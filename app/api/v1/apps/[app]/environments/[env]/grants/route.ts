import { z } from 'zod';
import { grantScripts } from '#lib/connections/grant-scripts.ts';
import { draftSchema } from '#lib/http/draft-schema.ts';
import { route } from '#lib/http/route.ts';

const wanted = draftSchema.omit({ secrets: true }).extend({ app: z.string(), env: z.string() });

export const POST = route({ right: 'app:read', input: wanted }, grantScripts);
