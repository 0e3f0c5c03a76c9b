import { Semaphore } from 'async-mutex';
import { ConnectFailure, DatabaseFailure } from '#elements/database/contract.ts';
import { PoolExhausted } from '#lib/connections/pool-failures.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import { backendOf } from '#lib/data/backend.ts';
import type { CompiledModel } from '#lib/data/compile-release.ts';
import type { ActiveRelease } from './active-release.ts';

/** Below what a pool lets wait. */
const AT_ONCE = 8;

/** Reads one row of each model the way the data API does, and tells which could not be read. */
export async function readModels(active: ActiveRelease): Promise<Reason[]> {
  const backend = backendOf(active);
  const models = [...backend.release.profiles.values()].flatMap((each) => [...each.values()]);
  const limit = new Semaphore(AT_ONCE);
  const reasons = await Promise.all(models.map((model) => limit.runExclusive(() => readOne(active, backend, model))));
  return reasons.filter((each) => each !== null);
}

async function readOne(
  active: ActiveRelease,
  backend: ReturnType<typeof backendOf>,
  model: CompiledModel,
): Promise<Reason | null> {
  const query = { from: model.table, fields: model.all, filter: null, order: [], limit: 1, offset: 0, count: false };
  try {
    await backend.run(model.database, (engine, session) => engine.select(session, query));
    return null;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return {
      element: model.fullName,
      environment: active.environment.name,
      code: 'model-unreadable',
      message: `${model.fullName} could not be read from ${model.table.table} on ${model.database}: ${error.message}`,
      next: 'Check the table, its columns and the rights of the user, and deploy again.',
    };
  }
}

const isExpected = (error: unknown): error is Error =>
  error instanceof DatabaseFailure ||
  error instanceof ConnectFailure ||
  error instanceof PoolExhausted ||
  error instanceof Fault;
