import { z } from 'zod';

/** What may stand in `e.json` beside id and type. */
export const headingInput = {
  title: z.string().trim().max(200, 'expected at most 200 characters').optional(),
  description: z.string().max(10_000, 'expected at most 10,000 characters').optional(),
  tags: z.array(z.string().min(1).max(63)).max(50).optional(),
};

/** Secrets typed into a form, by field (rule 3.5): each makes the secret variable `key` and sets it in `development`. */
export const typedSecretsInput = z
  .record(
    z.string(),
    z.strictObject({ key: z.string(), text: z.string().min(1), name: z.string().max(200).optional() }),
  )
  .optional();

export type TypedSecrets = z.output<typeof typedSecretsInput>;

export const bodyInput = z.record(z.string(), z.unknown());
export const revisionInput = z.coerce.number().int();
