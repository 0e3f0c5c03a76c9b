import type { DatabaseEngine, Session } from '#elements/database/contract.ts';
import { inTransaction } from '#elements/database/in-transaction.ts';
import type { JsonRows } from '#elements/database/query.ts';
import type { CompiledModel, CompiledRelease } from './compile-release.ts';
import { DataError, notYet } from './data-error.ts';
import type { DataRequest, DataResponse } from './data-request.ts';
import { findModel } from './find-model.ts';
import { checkContentType, outOfRange, parseAccept, parsePrefer, parseWindow, type Prefer } from './parse-headers.ts';
import { parseChanges, parseRows } from './parse-body.ts';
import { parseOrder } from './parse-order.ts';
import { parseQuery, type QueryParts } from './parse-query.ts';
import { parseSelect } from './parse-select.ts';

/** Runs `work` on a pooled session of a database element. */
export type Run = <T>(database: string, work: (engine: DatabaseEngine, session: Session) => Promise<T>) => Promise<T>;

/** One environment's release, ready to answer. */
export type Backend = { release: CompiledRelease; run: Run };

type Asked = { model: CompiledModel; query: QueryParts; request: DataRequest; prefer: Prefer; run: Run };

const PREPARED = { prepared: true };

/**
 * Answers one request on a model of a release (product.md section 6).
 * @throws DataError, DatabaseFailure, or whatever the pool throws when it has no session
 */
export function answer(backend: Backend, name: string, query: string, request: DataRequest): Promise<DataResponse> {
  const writes = request.method !== 'GET';
  const model = findModel(backend.release, name, request.headers[writes ? 'content-profile' : 'accept-profile']);
  const asked: Asked = {
    model,
    query: parseQuery(query, model),
    request,
    prefer: parsePrefer(request.headers.prefer),
    run: backend.run,
  };
  if (writes && model.readOnly) throw new DataError(405, '25006', `${model.database} is read-only in this environment`);
  switch (request.method) {
    case 'GET':
      return read(asked);
    case 'POST':
      return insert(asked);
    case 'PATCH':
      return update(asked);
    case 'DELETE':
      return remove(asked);
    case 'PUT':
      throw notYet('PUT');
    default:
      throw notYet(`The method ${request.method.slice(0, 20)}`);
  }
}

async function read({ model, query, request, prefer, run }: Asked): Promise<DataResponse> {
  const shape = parseAccept(request.headers.accept);
  if (query.columns !== null)
    throw new DataError(400, 'PGRST100', 'columns= belongs to a write', { hint: 'Use select= to choose fields.' });
  const window = parseWindow(query, request.headers);
  const select = {
    from: model.table,
    fields: parseSelect(query.select, model),
    filter: query.filter,
    order: parseOrder(query.order, model),
    ...window,
    count: prefer.count,
  };
  const rows = await run(model.database, (engine, session) => engine.select(session, select, PREPARED));
  if (rows.total !== null && window.offset > 0 && window.offset >= rows.total) {
    throw outOfRange(`An offset of ${window.offset} was requested, but there are only ${rows.total} rows.`);
  }
  if (shape === 'object') return single(rows, 200, prefer);
  const part = rows.total !== null && rows.rows < rows.total;
  return {
    status: part ? 206 : 200,
    headers: { ...JSON_TYPE, 'content-range': contentRange(window.offset, rows.rows, rows.total), ...applied(prefer) },
    body: rows.body,
  };
}

async function insert(asked: Asked): Promise<DataResponse> {
  const { model, query, request, prefer } = asked;
  refuseOnWrite(query, ['order', 'limit', 'offset']);
  if (query.filter) throw new DataError(400, 'PGRST100', 'a filter does not belong to an insert');
  const { columns, rows } = parseRows(await bodyOf(request), query.columns, model);
  const written =
    rows.length === 0
      ? EMPTY
      : await write(asked, (engine, session) =>
          engine.insert(session, {
            into: model.table,
            columns,
            rows,
            returning: returning(asked),
            key: model.key,
            increment: model.increment,
          }),
        );
  return writeAnswer(asked, written, 201, prefer);
}

async function update(asked: Asked): Promise<DataResponse> {
  const { model, query, request, prefer } = asked;
  refuseOnWrite(query, ['order', 'limit', 'offset']);
  const { filter } = query;
  if (!filter) throw missingFilter('UPDATE');
  const set = parseChanges(await bodyOf(request), query.columns, model);
  const written =
    set.length === 0
      ? EMPTY
      : await write(asked, (engine, session) =>
          engine.update(session, { table: model.table, set, filter, returning: returning(asked), key: model.key }),
        );
  return writeAnswer(asked, written, 200, prefer);
}

async function remove(asked: Asked): Promise<DataResponse> {
  const { model, query, prefer } = asked;
  refuseOnWrite(query, ['order', 'limit', 'offset', 'columns']);
  const { filter } = query;
  if (!filter) throw missingFilter('DELETE');
  const written = await write(asked, (engine, session) =>
    engine.delete(session, { from: model.table, filter, returning: returning(asked), key: model.key }),
  );
  return writeAnswer(asked, written, 200, prefer);
}

type Write = (engine: DatabaseEngine, session: Session) => Promise<JsonRows>;

/** Where one object is asked for, a write that touches another number of rows is undone. */
function write({ run, model, prefer, request }: Asked, work: Write): Promise<JsonRows> {
  const mustBeOne = prefer.return === 'representation' && parseAccept(request.headers.accept) === 'object';
  if (!mustBeOne) return run(model.database, work);
  return run(model.database, (engine, session) =>
    inTransaction(session, async () => {
      const written = await work(engine, session);
      if (written.rows !== 1) throw notOne(written.rows);
      return written;
    }),
  );
}

const EMPTY: JsonRows = { body: '[]', rows: 0, total: null };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** Read before anything is written, so that a wrong `select` or `Accept` writes nothing. */
function returning({ model, query, prefer, request }: Asked) {
  parseAccept(request.headers.accept);
  return prefer.return === 'representation' ? parseSelect(query.select, model) : null;
}

function bodyOf(request: DataRequest): Promise<string> {
  checkContentType(request.headers['content-type']);
  return request.body();
}

function refuseOnWrite(query: QueryParts, names: ('order' | 'limit' | 'offset' | 'columns')[]): void {
  const given = names.find((name) => query[name] !== null);
  if (given) {
    throw new DataError(400, 'PGRST100', `${given}= does not belong to this write`, {
      hint: 'Name the rows with filters.',
    });
  }
}

function missingFilter(what: 'UPDATE' | 'DELETE'): DataError {
  return new DataError(400, '21000', `${what} requires a filter`, { hint: 'Name the rows, for example ?id=eq.5.' });
}

function writeAnswer(
  { request, prefer: asked }: Asked,
  written: JsonRows,
  status: 200 | 201,
  prefer: Prefer,
): DataResponse {
  const total = prefer.count ? written.rows : null;
  if (asked.return !== 'representation') {
    return {
      status: status === 201 ? 201 : 204,
      headers: {
        'content-range': status === 201 ? `*/${total ?? '*'}` : contentRange(0, written.rows, total),
        ...applied(prefer),
      },
      body: null,
    };
  }
  if (parseAccept(request.headers.accept) === 'object') return single(written, status, prefer);
  return {
    status,
    headers: {
      ...JSON_TYPE,
      'content-range': status === 201 ? `*/${total ?? '*'}` : contentRange(0, written.rows, total),
      ...applied(prefer),
    },
    body: written.body,
  };
}

function single(rows: JsonRows, status: number, prefer: Prefer): DataResponse {
  if (rows.rows !== 1) {
    throw notOne(rows.rows);
  }
  return {
    status,
    headers: {
      'content-type': 'application/vnd.pgrst.object+json; charset=utf-8',
      'content-range': contentRange(0, 1, rows.total),
      ...applied(prefer),
    },
    body: rows.body.slice(1, -1).trim(),
  };
}

function notOne(rows: number): DataError {
  return new DataError(406, 'PGRST116', 'Cannot coerce the result to a single JSON object', {
    details: `The result contains ${rows} rows`,
  });
}

function contentRange(offset: number, rows: number, total: number | null): string {
  return `${rows === 0 ? '*' : `${offset}-${offset + rows - 1}`}/${total ?? '*'}`;
}

function applied(prefer: Prefer): Record<string, string> {
  if (!prefer.count && prefer.return === null) return {};
  const words = [prefer.return === null ? null : `return=${prefer.return}`, prefer.count ? 'count=exact' : null];
  return { 'preference-applied': words.filter((word) => word !== null).join(', ') };
}
