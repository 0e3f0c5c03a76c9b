import { z } from 'zod';
import { checkDraftCertificates } from '#lib/connections/check-draft-certificates.ts';
import { draftSchema } from '#lib/http/draft-schema.ts';
import { route } from '#lib/http/route.ts';

const wanted = draftSchema.extend({ app: z.string(), env: z.string() });

export const POST = route({ right: 'element:test', input: wanted }, checkDraftCertificates);
