import { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import { definitions } from '#elements/database/definitions.ts';
import type { EngineName } from '#elements/database/definitions.ts';
import type { TestFacts, TestStage } from '#lib/http/api.ts';
import type { ResolvedElement } from '#lib/variables/resolution.ts';
import { classOfAddress } from '../address-class.ts';
import type { Place } from '../target.ts';
import { fillIn } from './cause-words.ts';
import { MISSING_RIGHTS, TEST_WARNINGS } from './test-causes.ts';

export type Tested = {
  place: Place;
  resolved: ResolvedElement;
  /** the checked address behind the host; null: none was found */
  ip: string | null;
  tlsMode: string | null;
  needs: { read: boolean; write: boolean; ddl: boolean };
  stages: TestStage[];
  facts: TestFacts;
  /** when it was tested */
  at: Date;
};

/** What to ask for, by the code of a stage; of codes without a line there is nothing that another person could do. */
const ASKS: Record<string, { next: string; ask?: string } | undefined> = {
  ...CONNECT_CAUSES,
  ...MISSING_RIGHTS,
  ...TEST_WARNINGS,
};

const RIGHTS = { read: 'read', write: 'write', ddl: 'create and alter tables' } as const;
/** What went well is worth a line to whoever looks for the fault, as far as it is on the way to the server. */
const ON_THE_WAY = {
  dns: 'name look-up',
  tcp: 'TCP',
  tls: 'TLS',
  login: 'sign-in',
  database: 'database',
  schema: 'schema',
};

/**
 * A request that can be sent on to whoever runs the server: what was tried, from where, what failed, what is asked for. Plain
 * text, made of named fields that are no secrets. null: nothing failed that somebody else could mend.
 */
export function requestText(tested: Tested): string | null {
  const { place, resolved, needs, stages, facts, at } = tested;
  const { title } = definitions[resolved.engine as EngineName];
  const asked = stages.flatMap((stage) => askOf(stage, tested));
  if (asked.length === 0) return null;
  const wrong = stages.filter(({ state }) => state === 'failed' || state === 'warning');
  const passed = Object.entries(ON_THE_WAY).flatMap(([name, words]) =>
    stages.some(({ stage, state }) => stage === name && state === 'ok') ? [words] : [],
  );
  const rights = (['read', 'write', 'ddl'] as const).filter((name) => needs[name]).map((name) => RIGHTS[name]);
  const tried: [string, string | null][] = [
    ['When', `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
    ['From', fromWhere(facts)],
    ['To', toWhere(tested)],
    ['User', userOf(tested, wrong)],
    ['Database', textOf(resolved, 'database')],
    ['Schema', textOf(resolved, 'schema')],
    ['TLS', tested.tlsMode],
    ['Rights', rights.length > 0 ? rights.join(', ') : null],
  ];
  return [
    `The application ${place.app} (environment ${place.environment}) can not use its ${title} database as it should.`,
    '',
    'What was tried',
    ...tried.flatMap(([name, value]) => (value ? [`  ${`${name}:`.padEnd(10)}${value}`] : [])),
    '',
    'What was found',
    ...(passed.length > 0 ? [`  Passed: ${passed.join(', ')}.`] : []),
    ...wrong.map(({ stage, message, code }) => `  ${stage}: ${message} [${code}]`),
    '',
    'What I ask you for',
    ...asked.map((text, index) => `  ${index + 1}. ${text}`),
    '',
  ].join('\n');
}

function askOf(stage: TestStage, tested: Tested): string[] {
  const { code, state } = stage;
  if (code === undefined || (state !== 'failed' && state !== 'warning')) return [];
  const ask = ASKS[code]?.ask;
  if (ask === undefined) return [];
  const { resolved, facts } = tested;
  const [database, schema] = [textOf(resolved, 'database'), textOf(resolved, 'schema')];
  const words = {
    host: textOf(resolved, 'host') ?? '',
    port: textOf(resolved, 'port') ?? '',
    user: userOf(tested, [stage]) ?? '',
    database: database ?? '',
    schema: schema ?? '',
    place: schema === null ? `database ${database}` : `schema ${schema} of database ${database}`,
    engine: definitions[resolved.engine as EngineName].title,
    from: facts.seenFrom ?? facts.from ?? 'the machine of the portal',
  };
  return [fillIn(ask, words)];
}

function fromWhere({ from, seenFrom }: TestFacts): string | null {
  if (from === undefined) return null;
  if (seenFrom !== undefined) return `${from}, seen by the server as ${seenFrom}`;
  const place = classOfAddress(from);
  const same = place.class === 'inside' && place.loopback;
  return same ? `${from}, the server's own machine` : `${from} (behind address translation, the server sees another)`;
}

function toWhere({ resolved, ip }: Tested): string | null {
  const host = textOf(resolved, 'host');
  if (host === null) return null;
  return `${host}${ip === null || ip === host ? '' : ` (${ip})`}, port ${textOf(resolved, 'port')}`;
}

/** *ddl* is proved with the second login, where there is one. */
function userOf({ resolved }: Tested, wrong: TestStage[]): string | null {
  const second = wrong.some(({ stage, field }) => stage === 'ddl' && field?.startsWith('ddl'));
  return textOf(resolved, second ? 'ddlUser' : 'user');
}

/** null where it is absent, and of a secret. */
function textOf({ fields }: ResolvedElement, name: string): string | null {
  const value = fields[name]?.value ?? null;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
