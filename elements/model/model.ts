import { z } from 'zod';
import { ELEMENT_NAME } from '../element-name.ts';

const name = z
  .string()
  .regex(ELEMENT_NAME, 'expected a name of letters, digits and _, starting with a letter, at most 63 characters');
const identifier = z.string().min(1).max(128);
const fieldId = z.string().regex(/^f_[A-Za-z0-9_]{1,62}$/, 'expected an id such as f_email');
const action = z.enum(['restrict', 'cascade', 'setNull', 'setDefault', 'noAction']);

const heading = {
  id: fieldId,
  name,
  /** column's name when it is not `name` */
  column: identifier.optional(),
};

const trailing = {
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  primaryKey: z.boolean().optional(),
  generated: z.enum(['increment', 'computed']).optional(),
  /** a literal, `now` or `uuid` */
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  comment: z.string().max(1024).optional(),
};

const plain = <T extends string>(type: T) => z.strictObject({ ...heading, type: z.literal(type), ...trailing });

export const fieldSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...heading, type: z.literal('text'), length: z.int().min(1).max(65535).optional(), ...trailing }),
  plain('longText'),
  plain('integer'),
  plain('bigint'),
  z.strictObject({
    ...heading,
    type: z.literal('decimal'),
    precision: z.int().min(1).max(1000),
    scale: z.int().min(0).max(1000),
    ...trailing,
  }),
  plain('double'),
  plain('boolean'),
  plain('date'),
  plain('time'),
  plain('datetime'),
  plain('instant'),
  plain('uuid'),
  plain('json'),
  plain('binary'),
  z.strictObject({ ...heading, type: z.literal('choice'), options: z.array(z.string().min(1)).min(1), ...trailing }),
  z.strictObject({ ...heading, type: z.literal('native'), native: z.string().min(1).max(255), ...trailing }),
  z.strictObject({
    ...heading,
    type: z.literal('reference'),
    /** fullName of the model it points to */
    model: z.string(),
    /** field of the target; default: its primary key */
    to: name.optional(),
    onDelete: action.optional(),
    onUpdate: action.optional(),
    ...trailing,
  }),
]);

const keyField = z.array(name).min(1);

export const modelSchema = z.strictObject({
  /** fullName of the database element it lives in; default: the app's */
  database: z.string().optional(),
  table: identifier,
  /** false: read and written, never altered */
  managed: z.boolean().optional(),
  /** name of the field that stands for a row */
  label: name.optional(),
  comment: z.string().max(1024).optional(),
  /** names of the fields of a composite key */
  primaryKey: z.array(name).min(2).optional(),
  fields: z.array(fieldSchema),
  indexes: z.array(z.strictObject({ name: identifier, fields: keyField, unique: z.boolean().optional() })).optional(),
  /** references over several ordinary fields */
  references: z
    .array(
      z.strictObject({
        id: z.string().regex(/^r_[A-Za-z0-9_]{1,62}$/, 'expected an id such as r_order'),
        name,
        model: z.string(),
        fields: keyField,
        to: keyField,
        onDelete: action.optional(),
        onUpdate: action.optional(),
      }),
    )
    .optional(),
});

export type ModelBody = z.infer<typeof modelSchema>;
export type Field = ModelBody['fields'][number];

/** A model with what names it: input of checks and of `toSchema`. */
export type NamedModel = { id: string; fullName: string; body: ModelBody };
export type ReferenceAction = z.infer<typeof action>;
