import { definitions } from '#elements/database/definitions.ts';
import type { EngineName } from '#elements/database/definitions.ts';
import { DatabaseFailure } from '#elements/database/contract.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { TestReport, TestStage } from '#lib/http/api.ts';
import { address } from './address.ts';
import { holderOf } from './blame.ts';
import { database } from './database.ts';
import { ddl } from './ddl.ts';
import { Deadline } from './deadline.ts';
import { dns } from './dns.ts';
import { latency } from './latency.ts';
import { login } from './login.ts';
import { neededRights } from './need.ts';
import { read } from './read.ts';
import { requestText } from './request-text.ts';
import { schema } from './schema.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';
import type { Stage, Trial, TrialInput, Verdict } from './trial.ts';
import { variables } from './variables.ts';
import { write } from './write.ts';

const STAGES: Stage[] = [variables, address, dns, tcp, tls, login, database, schema, read, write, ddl, latency];

const TOTAL_MS = 10_000;
/** for the polite end of the connection and the report */
const CLOSING_MS = 800;
/** what is left of it is for a machine that is busy */
const HANG_UP_MS = 500;

/**
 * The staged test of product.md section 5 on one database or connection, over one driver connection. Each stage is emitted as
 * soon as it is known. Always ends with a report, within `totalMs`, and leaves no socket behind.
 */
export async function runStages(input: TrialInput, emit: (stage: TestStage) => void = () => {}): Promise<TestReport> {
  const started = performance.now();
  const trial: Trial = {
    ...input,
    deadline: new Deadline((input.totalMs ?? TOTAL_MS) - CLOSING_MS),
    facts: {},
    reasons: [],
    resolved: null,
    outcome: null,
    engine: null,
    dial: null,
    databaseFacts: null,
    rights: null,
  };
  const stages: TestStage[] = [];
  try {
    await runAll(trial, (stage) => {
      stages.push(stage);
      emit(stage);
    });
  } finally {
    await hangUp(trial);
  }
  return report(trial, stages, performance.now() - started);
}

async function runAll(trial: Trial, emit: (stage: TestStage) => void): Promise<void> {
  let stop: TestStage | null = null;
  for (const stage of STAGES) {
    const result: TestStage = stop ? notReached(stage, stop) : await runStage(stage, trial);
    emit(result);
    if (stop === null && endsHere(stage, result, trial)) stop = result;
  }
}

async function runStage({ name, run }: Stage, trial: Trial): Promise<TestStage> {
  const started = performance.now();
  const verdict = await trial.deadline.within(run(trial).catch(broken), tooLate);
  const { ms = performance.now() - started, ...rest } = verdict;
  return { stage: name, ...rest, ms: Math.round(ms * 100) / 100 };
}

/** After a decisive failure nothing can follow; nor where the connection is lost, or there is no file yet. */
function endsHere({ decisive, name }: Stage, result: TestStage, { dial }: Trial): boolean {
  if (result.state === 'failed') return decisive || result.code === tooLate.code || dial?.session?.usable === false;
  return name === 'database' && result.code === 'missing-file';
}

const notReached = ({ name }: Stage, stop: TestStage): TestStage => ({
  stage: name,
  state: 'skipped',
  ms: 0,
  message: stop.state === 'failed' ? `Not tried, because ${stop.stage} failed.` : 'Not tried: there is no file yet.',
});

const tooLate: Verdict = {
  state: 'failed',
  message: 'The test took too long and was ended.',
  field: 'host',
  code: 'test-timed-out',
  next: 'Look at the load of the server and at the network between the portal and it.',
};

/** A statement of the test that the server refused or lost. */
function broken(error: unknown): Verdict {
  if (!(error instanceof DatabaseFailure)) throw error;
  return {
    state: 'failed',
    message: `The server did not answer as expected: ${error.message}`,
    field: error.kind === 'permission' ? 'user' : 'host',
    code: error.kind === 'other' ? 'statement-failed' : error.kind,
    next: 'Look at the log of the server, and at the rights of the user.',
  };
}

async function hangUp({ dial }: Trial): Promise<void> {
  if (!dial) return;
  const closed = await new Deadline(HANG_UP_MS).within(
    dial.end().then(() => true),
    false,
  );
  if (!closed) dial.cut();
}

function report(trial: Trial, stages: TestStage[], ms: number): TestReport {
  const failed = stages.filter(({ state }) => state === 'failed');
  const state = failed.length > 0 ? 'failed' : stages.some((each) => each.state === 'warning') ? 'warning' : 'ok';
  const told = failed.filter(
    ({ stage }) => !(stage === 'variables' || (stage === 'address' && trial.reasons.length > 0)),
  );
  return {
    element: trial.element,
    environment: trial.place.environment,
    state,
    stages,
    facts: trial.facts,
    ms: Math.round(ms * 100) / 100,
    reasons: [...trial.reasons, ...told.map((stage) => reasonOf(trial, stage))],
    refused: failed.some(({ stage }) => stage === 'variables' || stage === 'address'),
    ...requestOf(trial, stages),
  };
}

function requestOf({ resolved, outcome, place, source, element, facts }: Trial, stages: TestStage[]) {
  if (!resolved || !outcome) return {};
  const target = outcome.ok ? outcome.target : null;
  const request = requestText({
    place,
    resolved,
    ip: outcome.lookUp?.ok ? outcome.lookUp.ip : null,
    tlsMode: target?.tls.mode ?? null,
    needs: neededRights(source, element, target?.readOnly === true),
    stages,
    facts,
    at: new Date(),
  });
  return request === null ? {} : { request };
}

function reasonOf({ resolved, element, place }: Trial, { field, variable, code, message, next }: TestStage): Reason {
  const own = resolved ? definitions[resolved.engine as EngineName].ownFields : [];
  return {
    element: resolved ? holderOf(resolved, own, field) : element,
    ...(field !== undefined && { field }),
    ...(variable !== undefined && { variable }),
    environment: place.environment,
    code: code ?? 'failed',
    message,
    next: next ?? '',
  };
}
