import { z } from 'zod';
import type { DatabaseDefinition } from '../database/contract.ts';
import type { BodyFamily } from './body-fields.ts';
import { canonicalBody } from './canonical-body.ts';
import { checkBody } from './check-body.ts';
import type { FieldTree } from './fields.ts';

/**
 * The door for a body: strict, and what comes out is canonical ({@link canonicalBody}). An issue's path is the field's
 * (`['tls', 'ca']`), its message names the field and says what was expected and found.
 */
export function bodySchema(definition: DatabaseDefinition, family: BodyFamily): z.ZodType<FieldTree> {
  return z.unknown().transform((body, context): FieldTree => {
    const issues = checkBody(definition, family, body);
    for (const { field, message } of issues) {
      context.addIssue({ code: 'custom', path: field === '' ? [] : field.split('.'), message });
    }
    return issues.length > 0 ? z.NEVER : canonicalBody(definition, family, body as FieldTree);
  });
}
