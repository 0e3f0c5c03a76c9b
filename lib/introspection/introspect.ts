import type { Table } from '#elements/database/schema.ts';
import type { Actor } from '#lib/access/actor.ts';
import { Fault } from '#lib/core/errors.ts';
import { withTarget } from './with-session.ts';

export type IntrospectRequest = {
  app: string;
  /** fullName of a saved database element */
  database: string;
  environment?: string | undefined;
  tables?: string[] | undefined;
};

/**
 * Tables and views of a live database, by name: columns, keys, references, indexes, comments.
 * @throws Fault as `withTarget`; `not-found` for a wanted table that is not there; `database-failed`
 */
export async function introspect(
  actor: Actor,
  { tables, ...request }: IntrospectRequest,
): Promise<{ tables: Table[] }> {
  const looked = { app: request.app, environment: request.environment, element: request.database };
  const purpose = { right: 'element:test', action: 'database.introspect' } as const;
  const schema = await withTarget(actor, looked, purpose, ({ engine, target, use }) =>
    use(target, (session) => engine.introspect(session, { schema: target.schema, ...(tables && { tables }) })),
  );
  const missing = tables?.filter((wanted) => !schema.tables.some(({ name }) => name === wanted)) ?? [];
  if (missing.length > 0) {
    throw new Fault(
      'not-found',
      `There is no table ${missing.join(', ')} in ${request.database}. List them without --table.`,
    );
  }
  return { tables: schema.tables.toSorted((one, other) => (one.name < other.name ? -1 : 1)) };
}
