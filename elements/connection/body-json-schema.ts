import type { DatabaseDefinition } from '../database/contract.ts';
import { bodyFields, type BodyFamily } from './body-fields.ts';
import { VARIABLE_KEY } from './check-field-value.ts';
import type { FieldDefinition } from './fields.ts';

export type JsonSchema = { [keyword: string]: unknown };

const REFERENCE: JsonSchema = {
  type: 'object',
  title: 'Environment variable',
  properties: { $env: { type: 'string', pattern: VARIABLE_KEY.source } },
  required: ['$env'],
  additionalProperties: false,
};

/** JSON Schema (2020-12) of a connection's or database's own file, from the same fields as form and validation. */
export function bodyJsonSchema(definition: DatabaseDefinition, family: BodyFamily): JsonSchema {
  const own = objectOf(bodyFields(definition, family), '');
  if (family === 'connections' || definition.connectionType === null) return own;
  const attached = objectOf(bodyFields(definition, family, true), '');
  const connection = {
    type: 'string',
    pattern: '^connections\\.',
    description: `Name of a connection of type ${definition.connectionType}.`,
  };
  return {
    oneOf: [
      { title: 'With its own fields', ...own },
      {
        title: 'Attached to a connection',
        ...attached,
        properties: { connection, ...(attached.properties as JsonSchema) },
        required: ['connection', ...(attached.required as string[])],
      },
    ],
  };
}

function objectOf(fields: FieldDefinition[], prefix: string): JsonSchema {
  const properties: JsonSchema = {};
  for (const field of fields) {
    const [key = '', ...below] = field.name.slice(prefix.length).split('.');
    if (below.length === 0) properties[key] = leaf(field);
    else properties[key] ??= objectOf(within(fields, `${prefix}${key}.`), `${prefix}${key}.`);
  }
  const required = fields.filter((field) => isRequired(field) && !field.name.slice(prefix.length).includes('.'));
  return {
    type: 'object',
    properties,
    required: required.map((field) => field.name.slice(prefix.length)),
    additionalProperties: false,
  };
}

const within = (fields: FieldDefinition[], prefix: string) => fields.filter((each) => each.name.startsWith(prefix));

const isRequired = (field: FieldDefinition) => !field.optional && field.default === undefined;

function leaf(field: FieldDefinition): JsonSchema {
  const about = {
    title: field.label,
    description: field.help,
    ...(field.default === undefined ? {} : { default: field.default }),
  };
  if (field.kind === 'secret') return { ...about, ...REFERENCE, title: field.label };
  return { ...about, anyOf: [literal(field), REFERENCE] };
}

function literal(field: FieldDefinition): JsonSchema {
  switch (field.kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return { type: 'integer', ...given('minimum', field.min), ...given('maximum', field.max) };
    case 'choice':
      return { enum: (field.choices ?? []).map((choice) => choice.value) };
    default:
      return { type: 'string', ...given('pattern', field.pattern?.source) };
  }
}

const given = (keyword: string, value: unknown): JsonSchema => (value === undefined ? {} : { [keyword]: value });
