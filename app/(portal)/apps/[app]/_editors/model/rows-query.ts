import { keyFields } from '#elements/model/model-keys.ts';
import type { NamedModel } from '#elements/model/model.ts';
import type { DeployedModel } from '#lib/http/api.ts';

/** Rows on a page. */
export const PAGE = 50;

export type Embeds = Map<string, { as: string; label: string }>;

/**
 * Reference fields whose target has a label other than its key: what is shown beside the key. From the source as saved,
 * as far as the release has the same fields.
 */
export function embedsOf(
  deployed: DeployedModel,
  all: DeployedModel[],
  models: ReadonlyMap<string, NamedModel> | null,
): Embeds {
  const embeds: Embeds = new Map();
  const names = new Set(deployed.fields.map((field) => field.name));
  for (const field of models?.get(deployed.fullName)?.body.fields ?? []) {
    if (field.type !== 'reference' || !names.has(field.name)) continue;
    const target = all.find((each) => each.fullName === field.model);
    if (!target?.label || target.key.includes(target.label)) continue;
    if (keyFields(models?.get(field.model)?.body ?? { table: '', fields: [] }).includes(target.label)) continue;
    embeds.set(field.name, { as: `${field.name}__row`, label: target.label });
  }
  return embeds;
}

/** A query of the data API. @param filters parameters as the filter builder writes them */
export function rowsQuery(
  deployed: DeployedModel,
  { filters, order, page, embeds }: { filters: string; order: string; page: number; embeds: Embeds },
): string {
  const parameters = new URLSearchParams(filters);
  if (embeds.size > 0)
    parameters.set(
      'select',
      ['*', ...[...embeds].map(([field, { as, label }]) => `${as}:${field}(${label})`)].join(','),
    );
  // pages have to follow one on the other, so something always decides the order
  const wanted = [order, ...deployed.key.filter((name) => name !== order.split('.')[0])].filter(Boolean).join(',');
  if (wanted) parameters.set('order', wanted);
  parameters.set('limit', String(PAGE));
  if (page > 0) parameters.set('offset', String(page * PAGE));
  return parameters.toString();
}
