/** Rule 3.7 of product.md: a secret goes only where it was meant to go. */
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/access/audit.ts';
import { holdsRight } from '#lib/access/rights.ts';
import type { Reason } from '#lib/core/errors.ts';
import { Secret } from '#lib/core/secret.ts';
import { newId } from '#lib/store/new-id.ts';
import type { Tx } from '#lib/store/open.ts';
import { transaction } from '#lib/store/store.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { readHost } from './host-spelling.ts';

/** From the weakest to the strongest. `auto` is a mode left out: plain to loopback only, else verify-full. */
const MODES = ['disable', 'require', 'verify-ca', 'auto', 'verify-full'];

/** One secret on its way to one server. */
type SecretPlace = {
  key: string;
  element: string;
  field: string;
  engine: string;
  host: string;
  port: number;
  user: string;
  tlsMode: string;
};

type Bound = { key: string; engine: string; host: string; port: number; user: string; tlsMode: string };

/** Where the variables of a resolved element send their secrets. */
function secretPlaces({ element, engine, fields }: ResolvedElement): SecretPlace[] {
  const host = readHost(String(fields['host']?.value ?? ''));
  // another instance is another server, at a port that only its look-up tells
  const instance = fields['instance']?.value ? `\\${String(fields['instance'].value).toLowerCase()}` : '';
  const place = {
    element,
    engine,
    host: `${host.kind === 'name' ? host.name : host.kind === 'ip' ? host.ip : ''}${instance}`,
    port: Number(fields['port']?.value ?? 0),
    tlsMode: String(fields['tls.mode']?.value ?? 'auto'),
  };
  return Object.entries(fields).flatMap(([field, { value, origin }]) => {
    if (!(value instanceof Secret) || origin.from !== 'value') return [];
    const user = String(fields[field === 'ddlPassword' ? 'ddlUser' : 'user']?.value ?? '');
    return [{ ...place, key: origin.variable, field, user }];
  });
}

/**
 * Setting a secret: forgets where its old value could go, and binds it to the targets of `elements`: those of the saved
 * source and of the active release that resolve. None: the first use by a holder of `secret:use` binds it.
 */
export async function bindTargets(
  tx: Tx,
  environmentId: string,
  keys: readonly string[],
  elements: readonly ResolvedElement[],
): Promise<void> {
  await tx.secretTarget.deleteMany({ where: { environmentId, key: { in: [...keys] } } });
  for (const place of elements.flatMap(secretPlaces))
    if (keys.includes(place.key)) await bind(tx, environmentId, place);
}

export type SecretUse = {
  environment: { id: string; name: string; protected: boolean };
  app: string;
  /** the caller confirms new targets; counts only for a holder of `secret:use` */
  confirm: boolean;
  /** keys whose value was typed just now and is not stored: they go where they were typed for */
  except?: ReadonlySet<string>;
  /** the audit row of this use, e.g. `element.test` of `databases.Main` */
  action: string;
  subject: string;
  detail?: Record<string, unknown>;
};

/**
 * May these elements have their secrets? Call it before anything connects: it binds what is bound first or confirmed, and
 * writes the audit row of the use (one per call) in the same transaction. With reasons nothing is bound, and the row says so.
 */
export async function checkTargets(
  actor: Actor,
  elements: readonly ResolvedElement[],
  use: SecretUse,
): Promise<Reason[]> {
  const places = elements.flatMap(secretPlaces).filter(({ key }) => !use.except?.has(key));
  const environmentId = use.environment.id;
  const keys = [...new Set(places.map(({ key }) => key))].sort();
  const mayUse = holdsRight(actor, 'secret:use', { app: use.app, environment: use.environment });
  return transaction(async (tx) => {
    const bound = await tx.secretTarget.findMany({ where: { environmentId, key: { in: keys } } });
    const strange = places.filter((place) => !bound.some((each) => covers(each, place)));
    const refused = strange.filter(({ key }) => !mayUse || (bound.some((each) => each.key === key) && !use.confirm));
    const added = refused.length > 0 ? [] : strange;
    for (const place of added) await bind(tx, environmentId, place);
    await audit(tx, actor, use.action, {
      app: use.app,
      environment: use.environment.name,
      subject: use.subject,
      detail: { ...use.detail, secrets: keys, bound: added.map(shown), refused: refused.map(shown) },
    });
    return refused.map((place) => reason(place, bound, use, mayUse));
  });
}

function covers(bound: Bound, place: SecretPlace): boolean {
  return samePlace(bound, place) && MODES.indexOf(place.tlsMode) >= MODES.indexOf(bound.tlsMode);
}

const samePlace = (one: Bound, other: Bound): boolean =>
  one.key === other.key &&
  one.engine === other.engine &&
  one.host === other.host &&
  one.port === other.port &&
  one.user === other.user;

async function bind(tx: Tx, environmentId: string, place: SecretPlace): Promise<void> {
  const { key, engine, host, port, user, tlsMode } = place;
  const at = { environmentId, key, engine, host, port, user };
  const where = { environmentId_key_engine_host_port_user: at };
  const known = await tx.secretTarget.findUnique({ where });
  if (!known) await tx.secretTarget.create({ data: { id: newId('st'), ...at, tlsMode } });
  else if (MODES.indexOf(tlsMode) < MODES.indexOf(known.tlsMode)) {
    await tx.secretTarget.update({ where, data: { tlsMode } });
  }
}

function reason(place: SecretPlace, all: Bound[], { environment }: SecretUse, mayUse: boolean): Reason {
  const known = all.filter(({ key }) => key === place.key).map(shown);
  const { key, element, field } = place;
  const meant = known.length > 0 ? `is for ${known.join(', ')}` : 'was not sent anywhere yet';
  return {
    element,
    field,
    variable: key,
    environment: environment.name,
    code: 'secret-target',
    message: `${field}: ${key} in ${environment.name} ${meant}, and would go to ${shown(place)}.`,
    next: mayUse
      ? `Confirm that ${key} may go there (--confirm-targets), or set its value again.`
      : `Set the value of ${key} again, or ask somebody who may use secrets in ${environment.name} to confirm.`,
  };
}

/** A target as people read it: `postgresql shop@db.example.com:5432 (TLS verify-full)`. */
export function shown({ engine, user, host, port, tlsMode }: Omit<Bound, 'key'>): string {
  const at = host.includes(':') ? `[${host}]` : host;
  const mode = tlsMode === 'auto' ? 'not set: off to loopback, else verify-full' : tlsMode;
  return `${engine} ${user}@${at}:${port} (TLS ${mode})`;
}
