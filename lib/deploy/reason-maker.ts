import { columnOf } from '#elements/model/model-keys.ts';
import type { NamedModel } from '#elements/model/model.ts';
import type { ModelTable } from '#elements/model/to-schema.ts';
import type { Reason } from '#lib/core/errors.ts';

/** Something wrong at a table or column of one database. */
export type AtTable = { table: string; column?: string; code: string; message: string; next: string };

/** Turns tables and columns into the model and field that a person can mend. */
export function reasonMaker(
  database: string,
  environment: string,
  models: ModelTable[],
  elements: NamedModel[],
): (found: AtTable) => Reason {
  const byTable = new Map(models.map((each) => [each.table.name, each.modelId]));
  const byId = new Map(elements.map((each) => [each.id, each]));
  return ({ table, column, code, message, next }) => {
    const model = byId.get(byTable.get(table) ?? '');
    const field = model?.body.fields.find((each) => columnOf(each) === column);
    return {
      element: model?.fullName ?? database,
      ...(model ? { field: field ? `fields.${field.name}` : 'table' } : {}),
      environment,
      code,
      message: `${database}: ${message}`,
      next,
    };
  };
}
