import type { Capabilities } from '../database/contract.ts';
import type { NamedModel } from './model.ts';

/** One thing wrong with a model; `field` is `fields.email`, `indexes.a_b`, `references.order`, `table`, … */
export type ModelIssue = { field: string; code: string; message: string; next: string };

/** What a model stands among. */
export type ModelSurroundings = {
  /** every model of the app, by fullName */
  models: ReadonlyMap<string, NamedModel>;
  /** fullName of the database element a model is bound to, the default taken into account; null: to none */
  databaseOf(model: NamedModel): string | null;
  /** of the engine the model is bound to; null: not known */
  capabilities: Pick<Capabilities, 'nameLength' | 'decimalPrecision' | 'emptyTextIsNull' | 'foreignKeyActions'> | null;
};
