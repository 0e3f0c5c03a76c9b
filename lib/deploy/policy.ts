import type { FieldDefinition } from '#elements/connection/fields.ts';
import { definitionList } from '#elements/database/definitions.ts';
import { classOfAddress } from '#lib/connections/address-class.ts';
import { nearEnd } from '#lib/connections/near-end.ts';
import { makeTarget } from '#lib/connections/target.ts';
import { blame, holderOf } from '#lib/connections/test/blame.ts';
import type { Reason } from '#lib/core/errors.ts';
import { Secret } from '#lib/core/secret.ts';
import { isPlaceholder } from '#lib/secrets/placeholder.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { find } from './find.ts';
import type { Run } from './run.ts';
import type { WithVariables } from './variables.ts';

export type Judged = WithVariables & { readonly judged: true };

/** A breach: a warning in an unprotected environment where `mild`, refused in a protected one. */
type Breach = { reason: Reason; unprotected: 'warning' | 'nothing' };

/** The policy table of product.md section 4, but for its line on places, which *connect* answers: it asks the servers. */
export async function policy(run: Run, resolved: WithVariables): Promise<Judged> {
  const { environment } = run;
  const databases = resolved.resolution.elements.filter((each) => isDatabase(each.element));
  const breaches = (await Promise.all(databases.map((each) => breachesOf(each, run)))).flat();
  const counts = breaches.filter((each) => environment.protected || each.unprotected === 'warning');
  const reasons = counts.map((each) => each.reason);
  // A release that was active before goes back in an emergency: only variables, connect and schema may stop it.
  const refuses = environment.protected && run.kind !== 'rollback';
  find(run.findings, refuses ? { reasons } : { warnings: reasons });
  find(run.findings, { warnings: databases.flatMap((each) => defaultsInUse(each, environment.name)) });
  find(run.findings, { warnings: databases.flatMap((each) => certificates(each, environment.name)) });
  return { ...resolved, judged: true };
}

const isDatabase = (fullName: string): boolean => fullName.startsWith('databases.');

async function breachesOf(resolved: ResolvedElement, run: Run): Promise<Breach[]> {
  const definition = definitionList.find((each) => each.engine === resolved.engine);
  if (!definition) return [];
  const at = (field: string): Pick<Reason, 'element' | 'field' | 'environment'> => ({
    element: holderOf(resolved, definition.ownFields, field),
    field,
    environment: run.environment.name,
  });
  const fields: FieldDefinition[] = [...definition.sharedFields, ...definition.ownFields];
  return [
    ...fields.flatMap((field) => placeholder(field, resolved, at)),
    ...fields.flatMap((field) => literal(field, resolved, at)),
    ...(await unverified(resolved, run, at)),
  ];
}

type At = (field: string) => Pick<Reason, 'element' | 'field' | 'environment'>;

function placeholder({ name, kind }: FieldDefinition, { fields }: ResolvedElement, at: At): Breach[] {
  const { value, origin } = fields[name] ?? { value: null, origin: null };
  if (kind !== 'secret' || !(value instanceof Secret)) return [];
  const user = fields[name.startsWith('ddl') ? 'ddlUser' : 'user']?.value;
  if (!isPlaceholder(value, typeof user === 'string' ? user : null)) return [];
  const variable = origin && 'variable' in origin ? origin.variable : undefined;
  const reason: Reason = {
    ...at(name),
    ...(variable === undefined ? {} : { variable }),
    code: 'placeholder-secret',
    message: `The secret in ${name} is a placeholder, such as a word everybody guesses first, or the user's own name.`,
    next: `Change the password on the server${variable === undefined ? '' : `, and set ${variable}`}.`,
  };
  return [{ reason, unprotected: 'warning' }];
}

/** Where a release goes is the environment's business, so a protected one takes host and user from variables. */
function literal({ name, kind, group }: FieldDefinition, { fields }: ResolvedElement, at: At): Breach[] {
  const isPlace = kind === 'text' && (group === 'login' || name === 'host' || name === 'ddlUser');
  if (!isPlace || fields[name]?.origin.from !== 'literal') return [];
  const reason: Reason = {
    ...at(name),
    code: 'literal-in-protected',
    message: `${name} is written into the source, so every environment would share it.`,
    next: `Make ${name} an environment variable, and set it here.`,
  };
  return [{ reason, unprotected: 'nothing' }];
}

async function unverified(resolved: ResolvedElement, run: Run, at: At): Promise<Breach[]> {
  const outcome = await makeTarget(resolved, { app: run.app.name, environment: run.environment.name });
  // What keeps it from being made is told by the test in connect.
  if (!outcome.ok || outcome.target.endpoint.kind === 'file') return [];
  const { endpoint, tls } = outcome.target;
  const place = classOfAddress(endpoint.ip);
  const loopback = place.class === 'inside' && place.loopback;
  if (loopback || tls.mode === 'verify-ca' || tls.mode === 'verify-full') return [];
  const reason: Reason = {
    ...at('tls.mode'),
    code: 'tls-not-verified',
    message:
      tls.mode === 'disable'
        ? `The connection to ${endpoint.host} is not encrypted.`
        : `The connection to ${endpoint.host} is encrypted, but whoever answers is believed.`,
    next: 'Set the TLS mode to verify-full, with the CA of the server.',
  };
  return [{ reason, unprotected: 'warning' }];
}

/** What the environment's values hold; the server's own certificate is looked at in *connect*. */
function certificates(resolved: ResolvedElement, environment: string): Reason[] {
  const definition = definitionList.find((each) => each.engine === resolved.engine);
  return nearEnd(resolved).map(({ field, code, message, next }) => ({
    element: holderOf(resolved, definition?.ownFields ?? [], field),
    ...blame(resolved, field),
    environment,
    code,
    message,
    next,
  }));
}

function defaultsInUse(resolved: ResolvedElement, environment: string): Reason[] {
  return Object.entries(resolved.fields).flatMap(([field, { origin }]) =>
    origin.from === 'default'
      ? [
          {
            element: resolved.element,
            field,
            variable: origin.variable,
            environment,
            code: 'default-in-use',
            message: `${origin.variable} has no value in ${environment}; its default is used.`,
            next: `Set ${origin.variable} in ${environment}, or leave it if the default is meant.`,
          },
        ]
      : [],
  );
}
