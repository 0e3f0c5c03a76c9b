import { Fault } from '#lib/core/errors.ts';
import type { TokenRow } from '#lib/http/api.ts';
import { newId } from '#lib/store/new-id.ts';
import type { Tx } from '#lib/store/open.ts';
import { store, transaction } from '#lib/store/store.ts';
import type { Actor, Scope } from './actor.ts';
import { audit } from './audit.ts';
import { forgetDataTokens } from './data-token.ts';
import { expiryOf } from './expiry.ts';
import { requireRight } from './rights.ts';
import { hashToken, newTokenText, tokenPrefix } from './token-text.ts';

/** Milliseconds a new token lives; absent or null: until it is revoked. */
type Lifetime = number | null | undefined;

/**
 * A token for scripts and the command line, perhaps narrowed to one app and one environment. It never does more than its maker may
 * at that moment. @returns its text, shown this once @throws Fault `no-right`, `not-found`, `wrong-input`
 */
export function createManagementToken(
  actor: Actor,
  input: { scope: Scope; app?: string | undefined; env?: string | undefined; expires?: Lifetime },
): Promise<{ token: string }> {
  return transaction(async (tx) => {
    if (input.env !== undefined && input.app === undefined) {
      throw new Fault('wrong-input', 'An environment belongs to an app. Name the app too.');
    }
    const place = input.app === undefined ? null : await findPlace(tx, input.app, input.env ?? null);
    requireRight(actor, 'token:create', place?.where);
    if (actor.onlyEnvironment !== null && input.env !== actor.onlyEnvironment) {
      throw new Fault(
        'no-right',
        `This token reaches only ${actor.onlyEnvironment}. Make one for that, or ask an owner.`,
      );
    }
    const made = await makeToken(tx, actor, {
      ...place,
      kind: 'management',
      scope: input.scope,
      lifetime: input.expires,
    });
    return { token: made };
  });
}

/** A token for the data API of one app and environment. @throws Fault `no-right`, `not-found` */
export function createDataToken(
  actor: Actor,
  input: { app: string; environment: string; role: 'read' | 'write'; expires?: Lifetime },
): Promise<{ token: string }> {
  return transaction(async (tx) => {
    const place = await findPlace(tx, input.app, input.environment);
    if (actor.onlyApp === input.app && actor.onlyEnvironment !== null && actor.onlyEnvironment !== input.environment) {
      throw noEnvironment(input.app, input.environment);
    }
    requireRight(actor, 'token:create', place.where);
    const made = await makeToken(tx, actor, { ...place, kind: 'data', scope: input.role, lifetime: input.expires });
    return { token: made };
  });
}

/** Stores a token of `actor` and audits it. Whoever calls has checked that the actor may. @returns its text */
export async function makeToken(
  tx: Tx,
  actor: Actor,
  token: {
    kind: 'data' | 'management';
    scope: Scope | 'write';
    lifetime: Lifetime;
    appId?: string | null;
    environmentId?: string | null;
    where?: { app: string; environment?: { name: string } };
  },
): Promise<string> {
  const text = newTokenText(token.kind);
  const id = newId('t');
  await tx.token.create({
    data: {
      id,
      hash: hashToken(text),
      prefix: tokenPrefix(text),
      kind: token.kind,
      scope: token.scope,
      userId: actor.userId,
      appId: token.appId ?? null,
      environmentId: token.environmentId ?? null,
      expiresAt: expiryOf(token.lifetime),
    },
  });
  await audit(tx, actor, 'token.create', {
    ...(token.where && { app: token.where.app }),
    ...(token.where?.environment && { environment: token.where.environment.name }),
    subject: id,
    detail: { kind: token.kind, scope: token.scope },
  });
  return text;
}

/** Tokens that still exist: an owner sees all, others their own; `app` narrows to one. */
export async function listTokens(actor: Actor, input: { app?: string | undefined }): Promise<{ tokens: TokenRow[] }> {
  const app = input.app ?? actor.onlyApp ?? undefined;
  requireRight(actor, 'app:read', app === undefined ? {} : { app });
  const place = app === undefined ? null : await findPlace(store(), app, null);
  const rows = await store().token.findMany({
    where: { ...(place && { appId: place.appId }), ...(actor.role !== 'owner' && { userId: actor.userId }) },
    include: { user: true, app: true, environment: true },
    orderBy: { createdAt: 'desc' },
  });
  const tokens = rows.map((row) => ({
    id: row.id,
    kind: row.kind as TokenRow['kind'],
    scope: row.scope,
    prefix: row.prefix,
    app: row.app?.name ?? null,
    environment: row.environment?.name ?? null,
    by: row.user.email,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revoked: row.revokedAt !== null,
  }));
  return { tokens };
}

/** Ends a token at once: an owner's any, others' their own. @throws Fault `not-found`, `no-right` */
export async function revokeToken(actor: Actor, input: { id: string }): Promise<void> {
  await transaction(async (tx) => {
    const token = await tx.token.findUnique({ where: { id: input.id }, include: { app: true, environment: true } });
    const app = token?.app?.name;
    requireRight(actor, 'app:read', app === undefined ? {} : { app });
    if (!token || (token.userId !== actor.userId && actor.role !== 'owner')) {
      throw new Fault('not-found', `There is no token ${input.id}. List yours with \`mooring token list\`.`);
    }
    if (actor.scope !== 'full' && actor.tokenId !== token.id) {
      throw new Fault('no-right', 'A token of lesser scope ends only itself. Sign in, or use a token of scope full.');
    }
    if (token.revokedAt) return;
    await tx.token.update({ where: { id: token.id }, data: { revokedAt: new Date() } });
    await audit(tx, actor, 'token.revoke', {
      ...(app !== undefined && { app }),
      ...(token.environment && { environment: token.environment.name }),
      subject: token.id,
    });
  });
  forgetDataTokens();
}

async function findPlace(tx: Tx, appName: string, environmentName: string | null) {
  const app = await tx.app.findUnique({ where: { name: appName } });
  if (!app)
    throw new Fault(
      'not-found',
      `There is no app ${appName}. Choose one from the list of apps (\`mooring app list\`).`,
    );
  if (environmentName === null) return { appId: app.id, environmentId: null, where: { app: app.name } };
  const environment = await tx.environment.findUnique({
    where: { appId_name: { appId: app.id, name: environmentName } },
  });
  if (!environment) {
    throw noEnvironment(appName, environmentName);
  }
  const { name, protected: isProtected } = environment;
  return {
    appId: app.id,
    environmentId: environment.id,
    where: { app: app.name, environment: { name, protected: isProtected } },
  };
}

function noEnvironment(app: string, environment: string): Fault {
  return new Fault(
    'not-found',
    `${app} has no environment ${environment}. List them with \`mooring env list ${app}\`.`,
  );
}
