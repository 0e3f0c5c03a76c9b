import { z } from 'zod';
import { isFullName } from '#lib/tree/full-name.ts';
import { definitionSchema } from '#lib/variables/definition-schema.ts';

const fullName = z.string().refine(isFullName, 'expected a name such as databases.Main');

/** `app.json` */
export const appFileSchema = z.strictObject({
  name: z.string().describe('Name of the app.'),
  title: z.string().min(1).max(200).optional().describe('As people call it.'),
  defaultDatabase: fullName.optional().describe('Full name of the database of models that choose none.'),
});

/** `variables.json`: definitions, never a value of an environment. The key's form is told by `checkDefinition`. */
export const variablesFileSchema = z.record(z.string(), definitionSchema);

/** `e.json` of an element */
export const headingFileSchema = z.strictObject({
  id: z
    .string()
    .regex(/^e_[A-Za-z0-9_]{1,62}$/, 'expected an id such as e_1; leave it out for a new element')
    .optional()
    .describe('Written by pull; leave it out for a new element.'),
  title: z.string().max(200).optional().describe('Default: the name.'),
  type: z.string('expected a type such as databases.PgSqlType').describe('Such as databases.PgSqlType.'),
  description: z.string().max(10_000).optional(),
  tags: z.array(z.string().min(1).max(63)).max(50).optional(),
});
