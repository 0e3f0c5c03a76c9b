import { z } from 'zod';
import { bodyJsonSchema, type JsonSchema } from '#elements/connection/body-json-schema.ts';
import { VARIABLE_KEY } from '#elements/connection/check-field-value.ts';
import { definitionList } from '#elements/database/definitions.ts';
import { modelSchema } from '#elements/model/model.ts';
import type { Actor } from '#lib/access/actor.ts';
import { requireRight } from '#lib/access/rights.ts';
import { Fault } from '#lib/core/errors.ts';
import { MODEL_TYPE } from './check-form.ts';
import { appFileSchema, headingFileSchema, variablesFileSchema } from './file-schemas.ts';

export const jsonSchemaInput = z.strictObject({ file: z.string() });

/**
 * The published JSON Schema (2020-12) of a source file: `app.json`, `variables.json`, `e.json`, or of an element's own file by
 * its type, such as `databases.PgSqlType.json`. @throws Fault `not-found`
 */
export function readJsonSchema(actor: Actor, { file }: z.output<typeof jsonSchemaInput>): JsonSchema {
  requireRight({ ...actor, onlyApp: null, onlyEnvironment: null }, 'app:read');
  const name = file.replace(/\.json$/, '');
  const schema = schemas.get(name);
  if (schema) return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: name, ...schema() };
  throw new Fault('not-found', `There is no schema ${name}. Known are ${[...schemas.keys()].join(', ')}.`);
}

// As it is written, before anything is made of it.
const ofZod = (schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
};

const withKeys = (schema: JsonSchema): JsonSchema => ({ ...schema, propertyNames: { pattern: VARIABLE_KEY.source } });

const schemas: ReadonlyMap<string, () => JsonSchema> = new Map<string, () => JsonSchema>([
  ['app', () => ofZod(appFileSchema)],
  ['variables', () => withKeys(ofZod(variablesFileSchema))],
  ['e', () => ofZod(headingFileSchema)],
  [MODEL_TYPE, () => ofZod(modelSchema)],
  ...definitionList.flatMap((definition): [string, () => JsonSchema][] => [
    [definition.databaseType, () => bodyJsonSchema(definition, 'databases')],
    ...(definition.connectionType === null
      ? []
      : ([[definition.connectionType, () => bodyJsonSchema(definition, 'connections')]] as [
          string,
          () => JsonSchema,
        ][])),
  ]),
]);
