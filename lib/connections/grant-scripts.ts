import { isReference } from '#elements/connection/fields.ts';
import type { FieldTree, FieldValue } from '#elements/connection/fields.ts';
import { flatten } from '#elements/connection/flatten.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import { loadEngine } from '#elements/database/engines.ts';
import { GRANT_KINDS } from '#elements/database/grant-kinds.ts';
import type { Actor } from '#lib/access/actor.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import type { GrantScript } from '#lib/http/api.ts';
import { readSource } from '#lib/source/read-source.ts';
import type { Source } from '#lib/source/source.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import { lookUp } from '#lib/variables/look-up.ts';
import type { ValueSet } from '#lib/variables/resolution.ts';

type Input = { app: string; env: string; type: string; body: FieldTree };

/** in the place of a name that nothing fills yet */
const UNNAMED = { user: 'app_user', database: 'app_database' };

/**
 * Scripts for an administrator, with the names of what is on the screen as one environment fills them. Where there is a
 * migration user the schema is its own, and the other login gets rights on what it makes later.
 * @throws Fault `no-right`, `not-found`, `wrong-input`, `sealed`
 */
export async function grantScripts(
  actor: Actor,
  { app: name, env, type, body }: Input,
): Promise<{ scripts: GrantScript[] }> {
  const { app, environment } = await findEnvironment(actor, 'app:read', name, env);
  const definition = definitionOfType(type);
  if (!definition) throw new Fault('wrong-input', `${type} is not a type of connection or database.`);
  const { grants } = await loadEngine(definition.engine);
  if (!grants) return { scripts: [] };
  const source = await readSource(app);
  const text = reader(source, body, await loadValues(environment, source.variables));
  const byDefault = definition.ownFields.find((field) => field.name === 'schema')?.default;
  const user = text('user') ?? UNNAMED.user;
  const migrationUser = text('ddlUser');
  const names = {
    database: text('database') ?? UNNAMED.database,
    schema: definition.capabilities.schemas ? (text('schema') ?? String(byDefault ?? user)) : null,
  };
  return {
    scripts: GRANT_KINDS.map(({ kind }) => ({
      kind,
      sql: grants(kind, {
        ...names,
        user: kind === 'schema-owner' ? (migrationUser ?? user) : user,
        maker: migrationUser === user ? null : migrationUser,
      }),
    })),
  };
}

/** The text of a field, its own or that of the connection; null where nothing fills it. Never a secret. */
function reader(source: Source, body: FieldTree, values: ValueSet) {
  const connection = source.elements.find(
    ({ fullName, family }) => family !== 'models' && fullName === body['connection'],
  );
  const flat: Record<string, FieldValue | undefined> = {
    ...flatten((connection?.body ?? {}) as FieldTree),
    ...flatten(body),
  };
  return (field: string): string | null => {
    const written = flat[field];
    if (!isReference(written)) return typeof written === 'string' && written !== '' ? written : null;
    const variable = source.variables[written.$env];
    const value = variable ? lookUp(written.$env, variable, values)?.value : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
}
