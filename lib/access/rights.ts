import { Fault } from '#lib/core/errors.ts';
import type { Actor, Role, Scope } from './actor.ts';

/** Everything that can be asked for, with the least role and token scope that may (product.md section 4, last paragraph). */
const RIGHTS = {
  'app:read': { role: 'viewer', scope: 'read' },
  'app:create': { role: 'developer', scope: 'full' },
  'app:delete': { role: 'owner', scope: 'full' },
  'source:write': { role: 'developer', scope: 'source' },
  'element:test': { role: 'developer', scope: 'source' },
  'value:set': { role: 'developer', scope: 'deploy' },
  'environment:create': { role: 'developer', scope: 'deploy' },
  'environment:protect': { role: 'owner', scope: 'full' },
  'environment:delete': { role: 'developer', scope: 'full' },
  deploy: { role: 'developer', scope: 'deploy' },
  /** consent to a plan's hash, and a confirmation that a secret may go to a new target */
  approve: { role: 'developer', scope: 'deploy' },
  'secret:use': { role: 'developer', scope: 'deploy' },
  'data:read': { role: 'viewer', scope: 'read' },
  'token:create': { role: 'developer', scope: 'full' },
  'user:manage': { role: 'owner', scope: 'full' },
  'workspace:check': { role: 'viewer', scope: 'read' },
} as const satisfies Record<string, { role: Role; scope: Scope }>;

export type Right = keyof typeof RIGHTS;

/** In a protected environment these need an owner. */
const OWNER_WHEN_PROTECTED: ReadonlySet<Right> = new Set<Right>([
  'value:set',
  'environment:delete',
  'deploy',
  'approve',
  'secret:use',
  'token:create',
]);

/** These reach into every environment of an app, so a token narrowed to one does not have them. */
const OF_THE_WHOLE_APP: ReadonlySet<Right> = new Set<Right>(['app:delete']);

const ROLES: Role[] = ['viewer', 'developer', 'owner'];
const SCOPES: Scope[] = ['read', 'source', 'deploy', 'full'];

export type Where = { app?: string; environment?: { name: string; protected: boolean } };

/** True when the actor's role, its token's scope and the token's app and environment all allow `right` there. */
export function holdsRight(actor: Actor, right: Right, where: Where = {}): boolean {
  const need = RIGHTS[right];
  const role: Role = where.environment?.protected && OWNER_WHEN_PROTECTED.has(right) ? 'owner' : need.role;
  if (ROLES.indexOf(actor.role) < ROLES.indexOf(role)) return false;
  if (SCOPES.indexOf(actor.scope) < SCOPES.indexOf(need.scope)) return false;
  if (actor.onlyApp !== null && where.app !== actor.onlyApp) return false;
  if (actor.onlyEnvironment === null) return true;
  return where.environment ? where.environment.name === actor.onlyEnvironment : !OF_THE_WHOLE_APP.has(right);
}

/**
 * The check that every operation makes for itself.
 * @throws Fault `no-right`, naming what is missing; `not-found` for an app the token does not reach, as a missing one answers
 */
export function requireRight(actor: Actor, right: Right, where: Where = {}): void {
  if (holdsRight(actor, right, where)) return;
  if (where.app !== undefined && actor.onlyApp !== null && where.app !== actor.onlyApp) {
    throw new Fault(
      'not-found',
      `There is no app ${where.app}. Choose one from the list of apps (\`mooring app list\`).`,
    );
  }
  const place = where.environment
    ? ` in ${where.environment.name}${where.environment.protected ? ' (protected)' : ''}`
    : '';
  throw new Fault(
    'no-right',
    `This needs the right ${right}${place}, which ${actor.email} does not have. Ask an owner.`,
  );
}
