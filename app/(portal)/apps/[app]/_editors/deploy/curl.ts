import type { DeployedModel } from '#lib/http/api.ts';

type Place = { origin: string; app: string; environment: string; model: Pick<DeployedModel, 'name' | 'profile'> };

/** The address of a deployed model. */
export function dataUrl({ origin, app, environment, model }: Place): string {
  return `${origin}/data/${app}/${environment}/${model.name}`;
}

/** A line for a POSIX shell that reads a few rows. @param token null: a name to put one in */
export function curlRead(place: Place, token: string | null, query = 'limit=5'): string {
  return [`curl '${dataUrl(place)}?${query}'`, ...profile(place, 'Accept-Profile'), `-H ${bearer(token)}`].join(
    ' \\\n  ',
  );
}

/** A line that inserts one row, and gives it back. */
export function curlInsert(place: Place, token: string | null, row: Record<string, unknown>): string {
  return [
    `curl -X POST '${dataUrl(place)}'`,
    ...profile(place, 'Content-Profile'),
    `-H ${bearer(token)}`,
    `-H 'Content-Type: application/json'`,
    `-H 'Prefer: return=representation'`,
    `-d '${JSON.stringify(row).replaceAll("'", String.raw`'\''`)}'`,
  ].join(' \\\n  ');
}

const bearer = (token: string | null): string =>
  token === null ? '"Authorization: Bearer $TOKEN"' : `'Authorization: Bearer ${token}'`;

const profile = ({ model }: Place, header: string): string[] =>
  model.profile === null ? [] : [`-H '${header}: ${model.profile}'`];
