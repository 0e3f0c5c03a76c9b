import type { ColumnRef, Order, Projection, TableRef } from '#elements/database/query.ts';
import type { ColumnType } from '#elements/database/schema.ts';
import { Recent } from './recent.ts';

/** A field of a model, ready for queries: its name in JSON and its column. */
export type CompiledField = {
  name: string;
  ref: ColumnRef;
  projection: Projection;
  /** the server derives it: it can not be written */
  computed: boolean;
  notNull: boolean;
};

/** The fields that a write names, and their columns. */
type WrittenColumns = { fields: CompiledField[]; columns: ColumnRef[] };

/** A reference in one direction: `one` from the row that holds the key, `many` (or `one`, where unique) back to it. */
export type Relation = {
  kind: 'one' | 'many';
  /** name of the reference field, or of the reference on the model */
  field: string;
  /** true: the key is held by the model that embeds */
  forward: boolean;
  target: CompiledModel;
  on: { outer: ColumnRef; inner: ColumnRef }[];
};

export type CompiledModel = {
  name: string;
  fullName: string;
  /** fullName of its database element */
  database: string;
  readOnly: boolean;
  table: TableRef;
  fields: Map<string, CompiledField>;
  /** `select=*` */
  all: Projection[];
  key: ColumnRef[];
  increment: ColumnRef | null;
  relations: Relation[];
  /** texts of requests that were read lately, and what they mean */
  read: { selects: Recent<Projection[]>; orders: Recent<Order[]>; columns: Recent<WrittenColumns> };
};

/** Texts kept per model and kind: more different ones than a client usually has, few enough to cost nothing. */
const KEPT = 100;

export type CompiledRelease = {
  /** by profile (fullName of the database element without `databases.`), then by name */
  profiles: Map<string, Map<string, CompiledModel>>;
  /** without a profile */
  byName: Map<string, CompiledModel>;
};

/** What a release says of a model, with references resolved to column types. */
export type ModelInput = {
  name: string;
  fullName: string;
  database: string;
  readOnly: boolean;
  table: TableRef;
  fields: { name: string; column: string; type: ColumnType; computed: boolean; increment: boolean; notNull: boolean }[];
  /** names of fields */
  key: string[];
  unique: string[][];
  /** names of fields of this model and of the target */
  references: { name: string; target: string; fields: string[]; to: string[] }[];
};

/** Compiles the names of a release once, so that a request only looks them up. */
export function compileRelease(models: ModelInput[], defaultDatabase: string | null): CompiledRelease {
  const byFullName = new Map(models.map((model) => [model.fullName, compileModel(model)]));
  for (const model of models) for (const reference of model.references) link(model, reference, byFullName);
  const profiles = new Map<string, Map<string, CompiledModel>>();
  const byName = new Map<string, CompiledModel>();
  for (const model of byFullName.values()) {
    const profile = model.database.replace(/^databases\./, '');
    const inProfile = profiles.get(profile) ?? new Map<string, CompiledModel>();
    profiles.set(profile, inProfile.set(model.name, model));
    if (!byName.has(model.name) || model.database === defaultDatabase) byName.set(model.name, model);
  }
  return { profiles, byName };
}

function compileModel(model: ModelInput): CompiledModel {
  const fields = new Map(
    model.fields.map((field): [string, CompiledField] => {
      const ref = { column: field.column, type: field.type };
      return [
        field.name,
        {
          name: field.name,
          ref,
          projection: { as: field.name, column: ref },
          computed: field.computed,
          notNull: field.notNull,
        },
      ];
    }),
  );
  const increment = model.fields.find((field) => field.increment);
  return {
    name: model.name,
    fullName: model.fullName,
    database: model.database,
    readOnly: model.readOnly,
    table: model.table,
    fields,
    all: [...fields.values()].map((field) => field.projection),
    key: refs(fields, model.key),
    increment: increment ? (fields.get(increment.name)?.ref ?? null) : null,
    relations: [],
    read: { selects: new Recent(KEPT), orders: new Recent(KEPT), columns: new Recent(KEPT) },
  };
}

function refs(fields: Map<string, CompiledField>, names: string[]): ColumnRef[] {
  return names.flatMap((name) => fields.get(name)?.ref ?? []);
}

function link(model: ModelInput, reference: ModelInput['references'][number], all: Map<string, CompiledModel>): void {
  const from = all.get(model.fullName);
  const target = all.get(reference.target);
  if (!from || !target) return;
  const own = refs(from.fields, reference.fields);
  const theirs = refs(target.fields, reference.to);
  const pairs = own.flatMap((column, at) => (theirs[at] ? [{ own: column, their: theirs[at] }] : []));
  from.relations.push({
    kind: 'one',
    field: reference.name,
    forward: true,
    target,
    on: pairs.map((pair) => ({ outer: pair.own, inner: pair.their })),
  });
  target.relations.push({
    kind: holdsAtMostOne(model, reference.fields) ? 'one' : 'many',
    field: reference.name,
    forward: false,
    target: from,
    on: pairs.map((pair) => ({ outer: pair.their, inner: pair.own })),
  });
}

/** A key that is unique itself makes the way back one-to-one, as PostgREST has it. */
function holdsAtMostOne(model: ModelInput, fields: string[]): boolean {
  return [model.key, ...model.unique].some((each) => each.length > 0 && each.every((name) => fields.includes(name)));
}
