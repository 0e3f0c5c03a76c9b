import type { CompiledModel, CompiledRelease } from './compile-release.ts';
import { DataError, notYet } from './data-error.ts';

/**
 * The model of a name; where two database elements hold the same name, the default database's, unless a profile names another.
 * @throws DataError PGRST205 (404), PGRST106 (406), PGRST202 (rpc)
 */
export function findModel(
  release: CompiledRelease,
  name: string,
  profile: string | string[] | undefined,
): CompiledModel {
  const wanted = Array.isArray(profile) ? profile[0] : profile;
  const models = wanted === undefined ? release.byName : release.profiles.get(wanted);
  if (!models) {
    throw new DataError(406, 'PGRST106', `Invalid schema: ${String(wanted).slice(0, 80)}`, {
      hint: `Only the following are exposed: ${[...release.profiles.keys()].join(', ')}`,
    });
  }
  const model = models.get(name);
  if (model) return model;
  if (name === '') throw notYet('The description of the API at its root');
  if (name.startsWith('rpc/') || name === 'rpc') {
    throw new DataError(400, 'PGRST202', 'Calling functions is not part of this API', {
      hint: 'Read and write models.',
    });
  }
  throw new DataError(404, 'PGRST205', `Could not find the table '${name.slice(0, 80)}' in the schema cache`, {
    hint: nearest(name, [...models.keys()]),
  });
}

function nearest(name: string, known: string[]): string | null {
  const same = known.find((each) => each.toLowerCase() === name.toLowerCase());
  return same === undefined ? null : `Perhaps you meant the table '${same}'`;
}
