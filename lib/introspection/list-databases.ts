import { flatten, unflatten } from '#elements/connection/flatten.ts';
import { isReference } from '#elements/connection/fields.ts';
import type { FieldTree } from '#elements/connection/fields.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import type { Actor } from '#lib/access/actor.ts';
import { findApp } from '#lib/apps/find-app.ts';
import { Fault } from '#lib/core/errors.ts';
import type { Draft } from '#lib/http/api.ts';
import { readSource } from '#lib/source/read-source.ts';
import { withTarget } from './with-session.ts';
import type { Looked } from './with-session.ts';

type Named = { name: string; system: boolean };

/** `schemas` is there where the engine has them and the database named by the element can be entered. */
export type DatabaseList = { databases: Named[]; schemas?: Named[] };

/**
 * What a person may choose from in the fields `database` and `schema`: asked of the server with the shared fields alone,
 * so the own fields may still be empty. @throws Fault as `withTarget`; `wrong-input` for an engine without servers
 */
export async function listDatabases(actor: Actor, looked: Looked): Promise<DatabaseList> {
  const { server, database } = await splitOff(actor, looked);
  const purpose = { right: 'element:test', action: 'database.list' } as const;
  return withTarget(actor, { ...looked, ...server }, purpose, async ({ engine, target, use }) => {
    const databases = await use(target, (session) => engine.listDatabases(session));
    if (!engine.definition.capabilities.schemas || database === null) return { databases };
    if (!databases.some(({ name }) => name === database)) return { databases };
    const schemas = await use({ ...target, database }, (session) => engine.listSchemas(session));
    return { databases, schemas };
  });
}

type Split = { server: Pick<Looked, 'element' | 'draft'>; /** a literal name */ database: string | null };

/** The connection behind a database: the one it attaches to, or its own shared fields as an unsaved one. */
async function splitOff(actor: Actor, { app, element, draft }: Looked): Promise<Split> {
  const given = draft ?? (await savedAsDraft(actor, app, element));
  const definition = definitionOfType(given.type);
  if (!definition?.connectionType) throw new Fault('wrong-input', `${given.type} has no server to list databases of.`);
  const fields = flatten(given.body);
  const own = new Set(definition.ownFields.map(({ name }) => name));
  const { database } = given.body;
  const named = typeof database === 'string' && !isReference(database) ? database : null;
  if (typeof given.body['connection'] === 'string') {
    return { server: { element: given.body['connection'], draft: undefined }, database: named };
  }
  const isShared = ([name]: [string, unknown]) => !own.has(name);
  const body = unflatten(Object.fromEntries(Object.entries(fields).filter(isShared)));
  const secrets = Object.fromEntries(Object.entries(given.secrets ?? {}).filter(isShared));
  return { server: { element: undefined, draft: { type: definition.connectionType, body, secrets } }, database: named };
}

async function savedAsDraft(actor: Actor, app: string, element: string | undefined): Promise<Draft> {
  const source = await readSource(await findApp(actor, 'app:read', app));
  const found = source.elements.find(({ fullName, family }) => fullName === element && family !== 'models');
  if (!found) throw new Fault('not-found', `There is no connection or database ${element} in ${app}.`);
  return { type: found.type, body: found.body as FieldTree };
}
