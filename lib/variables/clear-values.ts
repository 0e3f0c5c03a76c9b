import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import { variableUses } from '#lib/source/variable-uses.ts';
import type { Source, VariableDefinition } from '#lib/source/source.ts';
import type { Tx } from '#lib/store/open.ts';

type Definitions = Record<string, VariableDefinition>;
type Held = { id: string; key: string; environment: { id: string; name: string; protected: boolean } };

/**
 * Rule 3.6: a variable that stops being secret, or whose definition goes, loses its values. For a secret that needs
 * consent, is refused while an active release uses it, and needs an owner where a protected environment holds one.
 * Values of other variables whose definition goes are dropped where no active release uses them (rule 3.8).
 * @throws Fault `in-use`, `no-right`, `confirmation-needed`, each with a reason per variable and environment
 */
export async function clearValues(
  tx: Tx,
  actor: Actor,
  app: { id: string; name: string },
  before: Definitions,
  after: Definitions,
  consent: boolean,
): Promise<void> {
  const gone = Object.keys(before).filter((key) => !after[key]);
  const bared = Object.keys(before).filter((key) => before[key]?.type === 'secret' && after[key]?.type !== 'secret');
  const keys = [...new Set([...gone, ...bared])];
  if (keys.length === 0) return;
  const held = await tx.value.findMany({
    where: { key: { in: keys }, environment: { appId: app.id } },
    select: { id: true, key: true, environment: { select: { id: true, name: true, protected: true } } },
  });
  const used = await activeUses(tx, app.id);
  const secrets = held.filter((value) => bared.includes(value.key));
  const inUse = await usedSecrets(tx, app.id, bared, used);
  if (inUse.length > 0) {
    throw new Fault('in-use', `${inUse[0]?.message} Deploy a release without it first.`, inUse);
  }
  refuseUnlessOwner(actor, secrets);
  refuseBeyondToken(actor, held);
  if (secrets.length > 0 && !consent) throw needsConsent(secrets);
  for (const { id, key, environment } of held) {
    if (!bared.includes(key) && used.get(environment.id)?.has(key)) continue;
    await tx.value.delete({ where: { id } });
    await tx.secretTarget.deleteMany({ where: { environmentId: environment.id, key } });
    await audit(tx, actor, 'value.clear', { app: app.name, environment: environment.name, subject: key });
  }
}

/** By environment id: keys that its active release refers to. */
async function activeUses(tx: Tx, appId: string): Promise<Map<string, Set<string>>> {
  const uses = new Map<string, Set<string>>();
  const environments = await tx.environment.findMany({ where: { appId, activeReleaseId: { not: null } } });
  for (const { id, activeReleaseId } of environments) {
    const release = await tx.release.findUnique({ where: { id: activeReleaseId ?? '' } });
    const source = release ? (JSON.parse(release.content) as Source) : null;
    uses.set(id, new Set(source?.elements.flatMap(variableUses).map((use) => use.key) ?? []));
  }
  return uses;
}

async function usedSecrets(
  tx: Tx,
  appId: string,
  keys: string[],
  used: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Reason[]> {
  const environments = await tx.environment.findMany({ where: { appId }, orderBy: { position: 'asc' } });
  return environments.flatMap(({ id, name }) =>
    keys
      .filter((key) => used.get(id)?.has(key))
      .map((key) => ({
        variable: key,
        environment: name,
        code: 'used-by-release',
        message: `The active release of ${name} uses the secret ${key}.`,
        next: `Deploy a release to ${name} that does not use ${key}, then try again.`,
      })),
  );
}

function refuseUnlessOwner(actor: Actor, held: Held[]): void {
  const guarded = held.filter((value) => value.environment.protected);
  if (guarded.length === 0 || actor.role === 'owner') return;
  const places = [...new Set(guarded.map((value) => value.environment.name))].join(', ');
  const keys = [...new Set(guarded.map((value) => value.key))].join(', ');
  throw new Fault(
    'no-right',
    `The protected ${places} holds a value of ${keys}, which this would destroy. Ask an owner.`,
  );
}

/** A token of one environment destroys nothing in another. */
function refuseBeyondToken({ onlyEnvironment }: Actor, held: Held[]): void {
  const beyond = held.find(({ environment }) => onlyEnvironment !== null && environment.name !== onlyEnvironment);
  if (!beyond) return;
  throw new Fault(
    'no-right',
    `${beyond.environment.name} holds a value of ${beyond.key}, which this would destroy, and the token reaches only ${onlyEnvironment}. Use another token.`,
  );
}

function needsConsent(held: Held[]): Fault {
  const reasons = held.map(({ key, environment }) => ({
    variable: key,
    environment: environment.name,
    code: 'values-destroyed',
    message: `The secret value of ${key} in ${environment.name} would be destroyed.`,
    next: 'Confirm that the values may go (--clear-values), or keep the variable as it is.',
  }));
  return new Fault('confirmation-needed', `${reasons[0]?.message} ${reasons[0]?.next}`, reasons);
}
