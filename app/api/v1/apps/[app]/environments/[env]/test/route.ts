import { z } from 'zod';
import { testElements } from '#lib/connections/test-element.ts';
import { draftSchema } from '#lib/http/draft-schema.ts';
import { streamRoute } from '#lib/http/route.ts';

const wanted = z.strictObject({
  app: z.string(),
  env: z.string(),
  element: z.string().optional(),
  draft: draftSchema.optional(),
  confirmTargets: z.boolean().optional(),
});

export const POST = streamRoute({ right: 'element:test', input: wanted }, (actor, { env, ...rest }) =>
  testElements(actor, { ...rest, environment: env }),
);
