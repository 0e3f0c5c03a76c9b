import type { ModelIssue, ModelSurroundings } from './model-issue.ts';
import { columnType, referencedField } from './column-type.ts';
import { fieldNamed, keyFields } from './model-keys.ts';
import type { Field, ModelBody, NamedModel } from './model.ts';

/** Checks of everything in `model` that points to another model: it exists, lies on the same database, and can be pointed to. */
export function checkReferences(model: NamedModel, around: ModelSurroundings): ModelIssue[] {
  return [
    ...model.body.fields.flatMap((field) => (field.type === 'reference' ? ofField(model, field, around) : [])),
    ...(model.body.references ?? []).flatMap((reference) => ofModel(model, reference, around)),
  ];
}

function ofField(model: NamedModel, field: Field & { type: 'reference' }, around: ModelSurroundings): ModelIssue[] {
  const where = `fields.${field.name}`;
  const target = around.models.get(field.model);
  if (!target) return [unknownModel(where, field.model)];
  const apart = checkSameDatabase(model, target, where, around);
  if (apart.length > 0) return apart;
  const pointed = referencedField(field, around.models);
  if (!pointed) {
    const key = keyFields(target.body);
    const message =
      field.to === undefined
        ? `${field.model} has ${key.length === 0 ? 'no primary key' : `a key of ${key.length} fields`}, so ${field.name} points to no one field.`
        : `${field.model} has no field ${field.to}.`;
    return [{ field: where, code: 'unknown-field', message, next: 'Name a field of the target as "to".' }];
  }
  return [
    ...(columnType(field, around.models) === null
      ? [
          {
            field: where,
            code: 'circular-type',
            message: `${field.name} takes its type from ${field.model}, which leads back to it.`,
            next: 'Give one field of the circle a type of its own, and list the reference on the model.',
          },
        ]
      : []),
    ...checkCanBePointedTo(where, target, [pointed.field.name]),
    ...checkActions(where, field, around),
    ...checkSetNull(where, field.onDelete, field.onUpdate, [field]),
  ];
}

type Several = NonNullable<ModelBody['references']>[number];

function ofModel(model: NamedModel, reference: Several, around: ModelSurroundings): ModelIssue[] {
  const where = `references.${reference.name}`;
  const target = around.models.get(reference.model);
  if (!target) return [unknownModel(where, reference.model)];
  const apart = checkSameDatabase(model, target, where, around);
  if (apart.length > 0) return apart;
  const own = reference.fields.map((name) => ({ name, field: fieldNamed(model.body, name) }));
  const unknown = [
    ...own.filter((each) => !each.field).map((each) => `this model has no field ${each.name}`),
    ...reference.to
      .filter((name) => !fieldNamed(target.body, name))
      .map((name) => `${reference.model} has no field ${name}`),
  ].map((message) => ({
    field: where,
    code: 'unknown-field',
    message: `${reference.name}: ${message}.`,
    next: 'Name fields that are there.',
  }));
  if (unknown.length > 0) return unknown;
  if (reference.fields.length !== reference.to.length) {
    const message = `${reference.name}: expected as many fields as in "to", found ${reference.fields.length} and ${reference.to.length}.`;
    return [{ field: where, code: 'wrong-reference', message, next: 'Pair each field with one of the target.' }];
  }
  return [
    ...checkCanBePointedTo(where, target, reference.to),
    ...checkActions(where, reference, around),
    ...checkSetNull(
      where,
      reference.onDelete,
      reference.onUpdate,
      own.flatMap((each) => each.field ?? []),
    ),
  ];
}

const unknownModel = (field: string, model: string): ModelIssue => ({
  field,
  code: 'unknown-model',
  message: `There is no model ${model}.`,
  next: 'Choose another model, or make this one.',
});

function checkSameDatabase(
  model: NamedModel,
  target: NamedModel,
  field: string,
  { databaseOf }: ModelSurroundings,
): ModelIssue[] {
  const [here, there] = [databaseOf(model), databaseOf(target)];
  if (here === there || here === null || there === null) return [];
  const message = `Both ends of a reference lie on the same database: ${model.fullName} is on ${here}, ${target.fullName} on ${there}.`;
  return [{ field, code: 'two-databases', message, next: 'Bind both to one database, or make it an ordinary field.' }];
}

/** A foreign key points to what is unique. */
function checkCanBePointedTo(field: string, target: NamedModel, names: string[]): ModelIssue[] {
  const { body } = target;
  const same = (other: string[]) => other.length === names.length && names.every((name) => other.includes(name));
  const [single] = names;
  const unique =
    same(keyFields(body)) ||
    (names.length === 1 && single !== undefined && fieldNamed(body, single)?.unique === true) ||
    (body.indexes ?? []).some((index) => index.unique === true && same(index.fields));
  if (unique) return [];
  const message = `${names.join(', ')} of ${target.fullName} is neither its primary key nor unique.`;
  return [{ field, code: 'not-unique', message, next: 'Point to the primary key, or make the target unique.' }];
}

type Actions = Pick<Several, 'onDelete' | 'onUpdate'>;

/** What the server does when the target goes or changes, where it can not do everything. */
function checkActions(field: string, wanted: Actions, { capabilities }: ModelSurroundings): ModelIssue[] {
  const can = capabilities?.foreignKeyActions;
  if (!can) return [];
  return (['onDelete', 'onUpdate'] as const).flatMap((when) => {
    const action = wanted[when];
    if (action === undefined || can[when].includes(action)) return [];
    const message = `${when} ${action} is not kept by this database; it knows ${can[when].join(', ')}.`;
    return [{ field, code: 'wrong-reference', message, next: `Choose another ${when}.` }];
  });
}

function checkSetNull(
  where: string,
  onDelete: string | undefined,
  onUpdate: string | undefined,
  fields: Field[],
): ModelIssue[] {
  const filled = fields.filter((field) => field.required || field.primaryKey).map((field) => field.name);
  if (filled.length === 0 || (onDelete !== 'setNull' && onUpdate !== 'setNull')) return [];
  const message = `setNull empties ${filled.join(', ')}, which is required.`;
  return [{ field: where, code: 'wrong-reference', message, next: 'Choose another action, or make it not required.' }];
}
