import { modelSchema, type ModelBody } from './model.ts';

type Loose = Record<string, unknown>;

/** What each key means when it is not there; such a value is not written. */
const DEFAULTS: Loose = {
  managed: true,
  required: false,
  unique: false,
  primaryKey: false,
  onDelete: 'noAction',
  onUpdate: 'noAction',
};

/** A model as it is written: keys in the schema's order, defaults and empty lists left out. */
export function canonicalModel(body: ModelBody): ModelBody {
  const parsed: Loose = modelSchema.parse(body);
  return written({
    ...parsed,
    fields: body.fields.length > 0 ? each(parsed.fields) : [],
    ...('indexes' in parsed && { indexes: each(parsed.indexes) }),
    ...('references' in parsed && { references: each(parsed.references) }),
  }) as ModelBody;
}

const each = (list: unknown): Loose[] => (list as Loose[]).map(written);

function written(object: Loose): Loose {
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => {
      if (value === undefined) return false;
      if (key === 'column' && value === object.name) return false;
      if (Array.isArray(value) && value.length === 0) return key === 'fields';
      return DEFAULTS[key] !== value;
    }),
  );
}
