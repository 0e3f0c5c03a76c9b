import type { Capabilities } from '../database/contract.ts';
import { checkDefault } from './check-default.ts';
import { checkReferences } from './check-references.ts';
import { fieldNamed } from './model-keys.ts';
import type { Field, ModelBody, NamedModel } from './model.ts';

/** One thing wrong with a model; `field` is `fields.email`, `indexes.a_b`, `references.order`, `table`, … */
export type ModelIssue = { field: string; code: string; message: string; next: string };

/** What a model stands among. */
export type ModelSurroundings = {
  /** every model of the app, by fullName */
  models: ReadonlyMap<string, NamedModel>;
  /** fullName of the database element a model is bound to, the default taken into account; null: to none */
  databaseOf(model: NamedModel): string | null;
  /** of the engine the model is bound to; null: not known */
  capabilities: Pick<Capabilities, 'nameLength' | 'decimalPrecision'> | null;
};

/** Everything wrong with a model whose form is right (`modelSchema`); empty: nothing. Pure. */
export function checkModel(model: NamedModel, surroundings: ModelSurroundings): ModelIssue[] {
  const { body } = model;
  return [
    ...(body.fields.length === 0
      ? [issue('fields', 'no-fields', 'A model has at least one field, found none.', 'Add a field.')]
      : []),
    ...twice(
      'fields',
      'name',
      body.fields.map((field) => field.name),
      true,
    ),
    ...twice(
      'fields',
      'id',
      body.fields.map((field) => field.id),
    ),
    ...twice(
      'fields',
      'column',
      body.fields.map((field) => field.column ?? field.name),
      true,
    ),
    ...twice(
      'indexes',
      'name',
      (body.indexes ?? []).map((index) => index.name),
      true,
    ),
    ...twice(
      'references',
      'id',
      (body.references ?? []).map((reference) => reference.id),
    ),
    ...twice(
      'references',
      'name',
      (body.references ?? []).map((reference) => reference.name),
      true,
    ),
    ...checkReferenceNames(body),
    ...checkKey(body),
    ...checkIndexes(body),
    ...(body.label !== undefined && !fieldNamed(body, body.label) ? [unknownField('label', body.label)] : []),
    ...body.fields.flatMap((field) => checkField(field, surroundings)),
    ...checkReferences(model, surroundings),
    ...(surroundings.capabilities ? checkLengths(body, surroundings.capabilities.nameLength) : []),
  ];
}

const issue = (field: string, code: string, message: string, next: string): ModelIssue => ({
  field,
  code,
  message,
  next,
});

const unknownField = (where: string, name: string): ModelIssue =>
  issue(where, 'unknown-field', `There is no field ${name}.`, 'Name a field of this model, or add it.');

/** Names that SQL compares without regard to case are compared so here. */
function twice(list: string, what: string, names: string[], foldCase = false): ModelIssue[] {
  const fold = (name: string) => (foldCase ? name.toLowerCase() : name);
  const seen = new Set<string>();
  return names
    .filter((name) => seen.size === seen.add(fold(name)).size)
    .map((name) =>
      issue(`${list}.${name}`, 'not-unique', `The ${what} ${name} stands twice in ${list}.`, `Choose another ${what}.`),
    );
}

/** Both are names that an embed of the data API may use. */
function checkReferenceNames(body: ModelBody): ModelIssue[] {
  const fields = new Set(body.fields.map((field) => field.name.toLowerCase()));
  return (body.references ?? [])
    .filter(({ name }) => fields.has(name.toLowerCase()))
    .map(({ name }) =>
      issue(`references.${name}`, 'not-unique', `${name} is a field and a reference.`, 'Choose another name for one.'),
    );
}

function checkKey(body: ModelBody): ModelIssue[] {
  const marked = body.fields.filter((field) => field.primaryKey).map((field) => field.name);
  if (body.primaryKey === undefined) {
    if (marked.length < 2) return [];
    const message = `${marked.join(' and ')} are each marked as the primary key.`;
    return [issue('primaryKey', 'two-keys', message, `List them as "primaryKey": ${JSON.stringify(marked)}.`)];
  }
  return [
    ...(marked.length > 0
      ? [
          issue(
            'primaryKey',
            'two-keys',
            `The key is listed on the model, and ${marked.join(' and ')} is marked as one too.`,
            'Keep one of the two.',
          ),
        ]
      : []),
    ...twice('primaryKey', 'field', body.primaryKey),
    ...body.primaryKey.filter((name) => !fieldNamed(body, name)).map((name) => unknownField('primaryKey', name)),
  ];
}

function checkIndexes(body: ModelBody): ModelIssue[] {
  return (body.indexes ?? []).flatMap((index) => [
    ...twice(`indexes.${index.name}`, 'field', index.fields),
    ...index.fields
      .filter((name) => !fieldNamed(body, name))
      .map((name) => unknownField(`indexes.${index.name}`, name)),
  ]);
}

const NUMBERED = new Set(['integer', 'bigint']);

function checkField(field: Field, { capabilities }: ModelSurroundings): ModelIssue[] {
  const where = `fields.${field.name}`;
  const found: ModelIssue[] = [];
  if (field.generated === 'increment' && !NUMBERED.has(field.type)) {
    const message = `${field.name} is numbered by the server: expected the type integer or bigint, found ${field.type}.`;
    found.push(issue(where, 'wrong-type', message, 'Change the type, or let it not be generated.'));
  }
  if (field.generated !== undefined && field.default !== undefined) {
    const message = `${field.name} is generated by the server and has a default too.`;
    found.push(issue(where, 'wrong-default', message, 'Keep one of the two.'));
  } else {
    const wrong = checkDefault(field);
    if (wrong) found.push(issue(where, 'wrong-default', wrong, 'Correct the default, or leave it out.'));
  }
  if (field.type === 'decimal' && field.scale > field.precision) {
    const message = `${field.name}: expected a scale of at most ${field.precision}, its precision, found ${field.scale}.`;
    found.push(issue(where, 'wrong-type', message, 'Lower the scale, or raise the precision.'));
  }
  if (field.type === 'decimal' && capabilities && field.precision > capabilities.decimalPrecision) {
    const message = `${field.name}: this database keeps at most ${capabilities.decimalPrecision} digits, found ${field.precision}.`;
    found.push(issue(where, 'wrong-type', message, 'Lower the precision.'));
  }
  if (field.type === 'choice' && new Set(field.options).size < field.options.length) {
    found.push(issue(where, 'not-unique', `${field.name}: an option stands twice.`, 'Keep each option once.'));
  }
  return found;
}

function checkLengths(body: ModelBody, { max, unit }: Capabilities['nameLength']): ModelIssue[] {
  const size = (name: string) => (unit === 'bytes' ? new TextEncoder().encode(name).length : [...name].length);
  const names: [string, string][] = [
    ['table', body.table],
    ...body.fields.map((field): [string, string] => [`fields.${field.name}`, field.column ?? field.name]),
    ...(body.indexes ?? []).map((index): [string, string] => [`indexes.${index.name}`, index.name]),
  ];
  return names
    .filter(([, name]) => size(name) > max)
    .map(([field, name]) =>
      issue(
        field,
        'name-too-long',
        `${name}: expected at most ${max} ${unit}, found ${size(name)}.`,
        'Shorten the name.',
      ),
    );
}
