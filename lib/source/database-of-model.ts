import type { ModelBody } from '#elements/model/model.ts';
import type { Source } from './source.ts';

/** fullName of the database element a model lives in: its own choice, else the app's default; null: neither. */
export function databaseOfModel({ app }: Pick<Source, 'app'>, body: ModelBody): string | null {
  return body.database ?? app.defaultDatabase;
}
