import type { Target } from '#elements/database/contract.ts';
import type { Actor } from '#lib/access/actor.ts';
import { requireRight } from '#lib/access/rights.ts';
import { findEnvironment } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import { DEVELOPMENT } from '#lib/variables/resolution.ts';
import { withTarget } from './with-session.ts';
import type { Looked, Open } from './with-session.ts';

export type CreateRequest = Looked & { what: 'database' | 'schema' | 'file' };

/**
 * *Create* of the designer: makes the database, schema or file that the element names, with the login for migrations where it
 * has one. In a protected environment only who may deploy there. Gives the name of what was made.
 * @throws Fault as `withTarget`; `exists`; `wrong-input` for what the engine does not have; `database-failed`
 */
export async function createDatabase(actor: Actor, { what, ...looked }: CreateRequest): Promise<{ created: string }> {
  requireRight(actor, 'source:write', { app: looked.app });
  const { environment } = await findEnvironment(actor, 'element:test', looked.app, looked.environment ?? DEVELOPMENT);
  if (environment.protected) requireRight(actor, 'deploy', { app: looked.app, environment });
  const purpose = {
    right: 'element:test',
    action: 'database.create',
    detail: { what },
    options: { login: 'ddl', create: what === 'file' },
  } as const;
  return withTarget(actor, looked, purpose, async (open) => ({ created: await make(open, what) }));
}

async function make(open: Open, what: CreateRequest['what']): Promise<string> {
  const { engine, target, resolved, use } = open;
  const { capabilities } = engine.definition;
  const possible = { database: capabilities.createDatabase, schema: capabilities.schemas, file: capabilities.embedded };
  const wanted = what === 'schema' ? target.schema : target.database;
  if (what === 'schema' && capabilities.createSchema === false) {
    const next = 'Let an administrator of the server make the user, with a quota for its tables.';
    throw new Fault(
      'wrong-input',
      `A schema is a user of the server here, and is not created from the portal. ${next}`,
    );
  }
  if (!possible[what] || wanted === null) {
    throw new Fault('wrong-input', `${resolved.element} has no ${what} to create.`);
  }
  if (what === 'file') await use({ ...target, readOnly: false }, async () => {});
  else await run(open, what, wanted, { ...target, readOnly: false });
  return wanted;
}

/** A database is made from the maintenance database, a schema from within its database. */
async function run({ engine, use }: Open, what: 'database' | 'schema', name: string, target: Target): Promise<void> {
  const statements = what === 'database' ? engine.createDatabase(name) : engine.createSchema(name);
  const from = what === 'database' ? { ...target, database: null, schema: null } : target;
  await use(from, async (session) => {
    for (const statement of statements) await session.run(statement);
  });
}
