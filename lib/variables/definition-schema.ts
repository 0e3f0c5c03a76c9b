import { z } from 'zod';

/** A variable's definition as it stands in `variables.json`; keys are written in this order. */
export const definitionSchema = z.strictObject({
  name: z.string().max(200, 'expected at most 200 characters').optional(),
  description: z.string().max(10_000, 'expected at most 10,000 characters').optional(),
  type: z.enum(['text', 'number', 'boolean', 'secret', 'file'], 'expected text, number, boolean, secret or file'),
  required: z.boolean().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
