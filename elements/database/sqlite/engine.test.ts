import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import { sqliteTarget } from '#test/support/sqlite-target.ts';
import { DatabaseFailure } from '../contract.ts';
import type { ConnectFailure, Session, Target } from '../contract.ts';
import type { Select } from '../query.ts';
import type { SqliteSession } from './client.ts';
import { engine } from './engine.ts';

const open = new Set<Session>();
async function connect(target: Target): Promise<Session> {
  const session = await engine.connect(target);
  open.add(session);
  return session;
}
afterEach(async () => {
  await Promise.all([...open].map((session) => session.close()));
  open.clear();
});

const sql = (text: string, ...parameters: (string | number | null)[]) => ({ sql: text, parameters });
const pathOf = ({ endpoint }: Target) => (endpoint.kind === 'file' ? endpoint.path : '');
const again = (target: Target, change: { create?: boolean; readOnly?: boolean } = {}): Target => ({
  ...target,
  readOnly: change.readOnly ?? target.readOnly,
  endpoint: { kind: 'file', path: pathOf(target), create: change.create ?? false },
});
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
/** Runs for minutes and answers nothing before. */
const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 1e12) select count(*) from n';
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as DatabaseFailure & ConnectFailure,
  );

describe('connect', () => {
  it('makes a missing file and its folder only where that is asked', async () => {
    const target = sqliteTarget({ file: 'deep/folder/main.db', create: false });
    expect(await failure(engine.connect(target))).toMatchObject({ name: 'ConnectFailure', why: 'missing-file' });
    expect(existsSync(dirname(pathOf(target)))).toBe(false);
    const session = await connect(again(target, { create: true }));
    expect(session.server).toMatchObject({ product: 'SQLite', tls: null });
    expect(existsSync(pathOf(target))).toBe(true);
  });

  it('does not make a missing file that is only to be read', async () => {
    const target = sqliteTarget({ readOnly: true });
    expect(await failure(engine.connect(target))).toMatchObject({ why: 'missing-file' });
  });

  it('knows what is not a database', async () => {
    const target = sqliteTarget({ create: false });
    writeFileSync(pathOf(target), 'a text of some length, which no database begins with '.repeat(40));
    expect(await failure(engine.connect(target))).toMatchObject({ why: 'not-a-database' });
  });

  it('tells when the file can not be opened', async () => {
    const target = sqliteTarget({ create: false });
    mkdirSync(pathOf(target));
    expect(await failure(engine.connect(target))).toMatchObject({ why: 'file-not-readable' });
  });

  it('sets the file up to lose nothing', async () => {
    const session = await connect(sqliteTarget());
    const pragma = async (name: string) => Object.values((await session.run(sql(`pragma ${name}`))).rows[0]!)[0];
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('trusted_schema')).toBe(0);
    expect(await pragma('busy_timeout')).toBe(5000);
  });
});

describe('session', () => {
  it('keeps every digit of whole numbers, and bytes', async () => {
    const session = await connect(sqliteTarget());
    const { rows } = await session.run(
      sql("select 9223372036854775807 as big, 7 as small, x'00ff' as bytes, null as none"),
    );
    expect(rows).toEqual([
      { big: '9223372036854775807', small: 7, bytes: expect.objectContaining({ length: 2 }), none: null },
    ]);
    expect((await session.run(sql('select typeof(?) as a, typeof(?) as b', 5, 5.5))).rows).toEqual([
      { a: 'integer', b: 'real' },
    ]);
  });

  it('refuses statements that reach other files', async () => {
    const target = sqliteTarget();
    const session = await connect(target);
    const other = join(dirname(pathOf(target)), 'other.db');
    for (const text of [`attach '${other}' as o`, `-- x\n ;/* y */ vacuum into '${other}'`, '\u{feff}Attach x as y']) {
      expect(await failure(session.run(sql(text)))).toMatchObject({ name: 'DatabaseFailure', code: 'REFUSED' });
    }
    expect(await failure(session.run(sql("select load_extension('x')")))).toBeInstanceOf(DatabaseFailure);
    expect(existsSync(other)).toBe(false);
  });

  it('ends a statement at its deadline, and the session with it', async () => {
    const target = sqliteTarget();
    const session = await connect(target);
    const started = performance.now();
    const late = failure(session.run(sql(ENDLESS), { timeoutMs: 200 }));
    const behind = failure(session.run(sql('select 1')));
    expect(await late).toMatchObject({ kind: 'timeout' });
    expect(await behind).toMatchObject({ kind: 'connection-lost' });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(session.usable).toBe(false);
    expect((await (await connect(again(target))).run(sql('select 1 as one'))).rows).toEqual([{ one: 1 }]);
  });

  it('survives the end of its process: idle, in a statement, in a transaction', async () => {
    const target = sqliteTarget();
    const first = await connect(target);
    await first.run(sql('create table t (a)'));
    await first.begin();
    await first.run(sql('insert into t values (1)'));
    first.destroy();
    expect(await failure(first.commit())).toMatchObject({ kind: 'connection-lost' });

    const second = await connect(again(target));
    const running = failure(second.run(sql(ENDLESS)));
    second.destroy();
    expect(await running).toMatchObject({ kind: 'connection-lost' });
    expect(await failure(second.run(sql('select 1')))).toMatchObject({ kind: 'connection-lost' });

    const third = await connect(again(target));
    expect((await third.run(sql('select count(*) as n from t'))).rows).toEqual([{ n: 0 }]);
  });

  it('notices a process killed from outside', async () => {
    const session = await connect(sqliteTarget());
    const pid = (session as SqliteSession).processId!;
    const running = failure(session.run(sql(ENDLESS)));
    process.kill(pid, 'SIGKILL');
    expect(await running).toMatchObject({ kind: 'connection-lost' });
    expect(session.usable).toBe(false);
  });

  it('leaves no process behind when the portal is killed', async () => {
    const target = sqliteTarget();
    const portal = `
      import { engine } from '#elements/database/sqlite/engine.ts';
      const session = await engine.connect(${JSON.stringify(target)});
      console.log(session.processId);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', portal], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(child.stdout, 'data')) as [Buffer];
    const pid = Number(String(printed));
    expect(isRunning(pid)).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false);
  });

  it('rolls back, and tells a reader from a writer', async () => {
    const target = sqliteTarget();
    const writer = await connect(target);
    await writer.run(sql('create table t (a)'));
    await writer.begin();
    await writer.run(sql('insert into t values (1)'));
    await writer.rollback();
    expect((await writer.run(sql('select count(*) as n from t'))).rows).toEqual([{ n: 0 }]);
    const reader = await connect(again(target, { readOnly: true }));
    expect((await reader.run(sql('select count(*) as n from t'))).rows).toEqual([{ n: 0 }]);
    expect(await failure(reader.run(sql('insert into t values (1)')))).toMatchObject({ kind: 'read-only' });
  });

  it('says why a statement failed', async () => {
    const session = await connect(sqliteTarget());
    await session.run(
      sql(
        'create table p (id integer primary key, name text not null unique, age int constraint adult check (age > 17))',
      ),
    );
    await session.run(sql('create table c (p int references p (id))'));
    await session.run(sql("insert into p values (1, 'a', 20)"));
    const why = (text: string) => failure(session.run(sql(text)));
    expect(await why("insert into p values (2, 'a', 20)")).toMatchObject({
      kind: 'unique',
      table: 'p',
      columns: ['name'],
    });
    expect(await why("insert into p values (1, 'b', 20)")).toMatchObject({ kind: 'unique', columns: ['id'] });
    expect(await why('insert into p values (2, null, 20)')).toMatchObject({ kind: 'not-null', columns: ['name'] });
    expect(await why("insert into p values (2, 'b', 2)")).toMatchObject({ kind: 'check', constraint: 'adult' });
    expect(await why('insert into c values (9)')).toMatchObject({ kind: 'foreign-key' });
    expect(await why("insert into p values ('x', 'b', 20)")).toMatchObject({ kind: 'value' });
    expect(await why('select x from p')).toMatchObject({ kind: 'missing-object' });
    expect(await why('select * from missing')).toMatchObject({ kind: 'missing-object' });
    expect(await why('create table p (a)')).toMatchObject({ kind: 'exists' });
  });
});

describe('sessions of one file', () => {
  const id = { column: 'id', type: { kind: 'integer' } } as const;
  const all: Select = {
    from: { schema: null, table: 't' },
    fields: [{ as: 'id', column: id }],
    filter: null,
    order: [],
    limit: null,
    offset: 0,
    count: false,
  };
  /** A view that takes minutes, so that a select of the data API does. */
  const endless = { ...all, from: { schema: null, table: 'endless' } };
  const prepared = async () => {
    const target = sqliteTarget();
    const first = await engine.connect(target);
    await first.run(sql('create table t (id integer primary key)'));
    await first.run(sql('insert into t values (1)'));
    await first.run(sql(`create view endless as select id from (${ENDLESS.replace('count(*)', 'count(*) as id')})`));
    await first.close();
    return target;
  };
  const processOf = (session: Session) => (session as SqliteSession).processId;

  it('share a process for what the data API does, and none for the rest', async () => {
    const target = await prepared();
    const [a, b, c] = (await Promise.all([1, 2, 3].map(() => connect(target)))) as [Session, Session, Session];
    expect(new Set([a, b, c].map(processOf)).size).toBe(1);
    await a.begin();
    expect(a.inTransaction).toBe(true);
    await a.run(sql('insert into t values (2)'));
    expect(processOf(a)).not.toBe(processOf(b));
    expect((await engine.select(b, all)).body).toBe('[{"id":1}]');
    await a.commit();
    expect(processOf(a)).toBe(processOf(b));
    const own = processOf(c);
    await c.run(sql('select 1'));
    expect(processOf(c)).not.toBe(own);
    expect((await engine.select(b, all)).body).toBe('[{"id":1},{"id":2}]');
  });

  it('do not wait behind a long statement', async () => {
    const target = await prepared();
    const [slow, quick] = [await connect(target), await connect(target)];
    const late = failure(engine.select(slow, endless));
    const quickly = { timeoutMs: 10_000 };
    // the first stands behind the long one, which is known to be long only after a moment
    expect((await engine.select(quick, all, quickly)).rows).toBe(1);
    expect((await engine.select(quick, all, quickly)).rows).toBe(1);
    slow.destroy();
    expect(await late).toMatchObject({ kind: 'connection-lost' });
  });

  it('read again when the process ended for another one’s sake', async () => {
    const target = await prepared();
    const [slow, quick] = [await connect(target), await connect(target)];
    const late = failure(engine.select(slow, endless, { timeoutMs: 300 }));
    const behind = engine.select(quick, all);
    expect(await late).toMatchObject({ kind: 'timeout' });
    expect((await behind).body).toBe('[{"id":1}]');
    expect(slow.usable && quick.usable).toBe(true);
  });

  it('cut one session without ending the others', async () => {
    const target = await prepared();
    const [cut, other] = [await connect(target), await connect(target)];
    const running = failure(engine.select(cut, endless));
    await Promise.resolve();
    cut.destroy();
    expect(await running).toMatchObject({ kind: 'connection-lost' });
    expect((await engine.select(other, all)).rows).toBe(1);
    expect(cut.usable).toBe(false);
  });

  it('do not share a file that another has taken the place of', async () => {
    const target = await prepared();
    const old = await connect(target);
    for (const end of ['', '-wal', '-shm']) rmSync(`${pathOf(target)}${end}`, { force: true });
    expect(await failure(engine.connect(again(target)))).toMatchObject({ why: 'missing-file' });
    await connect(again(target, { create: true }));
    expect((await engine.select(old, all)).rows).toBe(1);
  });
});

describe('facts and rights', () => {
  it('knows a file by its real path', async () => {
    const target = sqliteTarget();
    const session = await connect(target);
    const link = join(dirname(pathOf(target)), 'link.db');
    symlinkSync(pathOf(target), link);
    const aside: Target = { ...target, endpoint: { kind: 'file', path: link, create: false } };
    expect(await engine.identity(session, aside)).toBe(await engine.identity(session, target));
    expect(await engine.facts(session)).toMatchObject({ encoding: 'UTF-8', unicode: true, connectionLimit: null });
    expect(Math.abs(Date.parse((await engine.facts(session)).now) - Date.now())).toBeLessThan(5_000);
  });

  it('finds the rights of the file', async () => {
    const target = sqliteTarget();
    const session = await connect(target);
    expect(await engine.rights(session, target)).toMatchObject({
      read: { right: 'yes' },
      write: { right: 'yes' },
      ddl: { right: 'yes' },
    });
    expect(await engine.rights(session, again(target, { readOnly: true }))).toMatchObject({ write: { right: 'no' } });
    chmodSync(pathOf(target), 0o444);
    // the superuser may write whatever the file says
    const expected = process.getuid?.() === 0 ? 'yes' : 'no';
    expect(await engine.rights(session, target)).toMatchObject({ write: { right: expected } });
  });

  it('counts rows, nulls and duplicates', async () => {
    const session = await connect(sqliteTarget());
    await session.run(sql('create table t (a, b)'));
    await session.run(sql('insert into t values (1, 1), (1, 1), (2, 1), (null, null), (null, null)'));
    expect(await engine.countRows(session, null, 't')).toBe(5);
    expect(await engine.countRows(session, null, 't', 'a')).toBe(2);
    expect(await engine.countDuplicates(session, null, 't', ['a', 'b'])).toBe(1);
  });
});

describe('lock', () => {
  it('is held by one session, lets others work, and ends with the session', async () => {
    const target = sqliteTarget();
    const [first, second] = [await connect(target), await connect(target)];
    const release = await engine.lock(first, 'migrate', 0);
    expect(release).not.toBeNull();
    expect(await engine.lock(second, 'migrate', 100)).toBeNull();
    await second.run(sql('create table t (a)'));
    await release!();
    const taken = await engine.lock(second, 'migrate', 0);
    expect(taken).not.toBeNull();
    second.destroy();
    expect(await engine.lock(first, 'migrate', 2_000)).not.toBeNull();
  });
});
