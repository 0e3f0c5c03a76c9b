import type { DatabaseEngine, Session } from '#elements/database/contract.ts';
import type { LocalEngine } from '#test/support/local-engine.ts';
import type { Statement } from '#elements/database/schema.ts';
import { startEngine } from '../support/live-engines.ts';
import { median } from './load.ts';

const TABLES = 1000;
const ROUNDS = 9;

/**
 * What a plain program would ask the catalog for, its rows thrown away: tables, columns, keys, foreign keys, indexes. No model is built.
 * Schema or database is the first parameter where there is one.
 */
const BARE: Record<LocalEngine, string[]> = {
  postgresql: [
    `select c.oid, c.relname, c.relkind, obj_description(c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r','p','v','m','f')`,
    `select a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, t.description, pg_get_expr(d.adbin, d.adrelid) from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum left join pg_description t on t.objoid = a.attrelid and t.classoid = 'pg_class'::regclass and t.objsubid = a.attnum where n.nspname = 'public' and c.relkind in ('r','p','v','m','f') and a.attnum > 0 and not a.attisdropped`,
    `select conrelid, conname, contype, conkey, confrelid, confkey, confdeltype, confupdtype from pg_constraint where connamespace = 'public'::regnamespace`,
    `select i.indrelid, c.relname, i.indisunique, i.indisprimary, i.indkey::text, i.indoption::text, i.indpred is null, i.indexprs is null from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace = 'public'::regnamespace`,
  ],
  mysql: [
    'select table_name, table_type, table_comment from information_schema.tables where table_schema = database()',
    'select table_name, column_name, column_type, is_nullable, column_default, extra, column_comment from information_schema.columns where table_schema = database() order by table_name, ordinal_position',
    'select table_name, index_name, non_unique, seq_in_index, column_name from information_schema.statistics where table_schema = database() order by table_name, index_name, seq_in_index',
    'select table_name, constraint_name, column_name, referenced_table_name, referenced_column_name from information_schema.key_column_usage where table_schema = database() and referenced_table_name is not null',
    'select table_name, constraint_name, delete_rule, update_rule from information_schema.referential_constraints where constraint_schema = database()',
  ],
  sqlite: [
    `select name, type, sql from sqlite_schema where type in ('table', 'view')`,
    `select t.name, c.* from sqlite_schema t join pragma_table_xinfo(t.name) c where t.type in ('table', 'view')`,
    `select t.name, f.* from sqlite_schema t join pragma_foreign_key_list(t.name) f where t.type = 'table'`,
    `select t.name, i.*, x.* from sqlite_schema t join pragma_index_list(t.name) i join pragma_index_xinfo(i.name) x where t.type = 'table'`,
  ],
};

/** Introspects 1,000 tables of 15 columns, with a key, a unique column, two foreign keys and two indexes each. */
export async function measureIntrospection(name: LocalEngine, tell: (text: string) => void): Promise<number> {
  const live = await startEngine(name);
  try {
    const target = await live.emptyDatabase();
    const session = await live.engine.connect(target);
    await makeTables(live.engine, session);
    const statements = { count: 0 };
    const counted = counting(session, statements);
    const scope = { schema: target.schema };
    const times = { bare: [] as number[], introspect: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(
        await timed(async () => {
          for (const sql of BARE[name]) await session.run({ sql, parameters: [] });
        }),
      );
      statements.count = 0;
      times.introspect.push(await timed(() => live.engine.introspect(counted, scope)));
    }
    await session.close();
    const [bare, found] = [median(times.bare), median(times.introspect)];
    tell(
      `${name.padEnd(12)} ratio ${(found / bare).toFixed(2)}  (${found.toFixed(0)} ms / ${bare.toFixed(0)} ms, ${statements.count} queries)`,
    );
    return found / bare;
  } finally {
    await live.stop();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** The same session, with its statements counted. */
function counting(session: Session, seen: { count: number }): Session {
  return new Proxy(session, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        if (key === 'run') seen.count++;
        return (value as (...all: unknown[]) => unknown).apply(target, given);
      };
    },
  });
}

async function makeTables(engine: DatabaseEngine, session: Session): Promise<void> {
  const run = (statement: Statement) => session.run(statement);
  const columns = Array.from({ length: 10 }, (_, at) => `c${at} varchar(${20 + at})`).join(', ');
  for (let at = 0; at < TABLES; at++) {
    const to = (step: number) => `t${Math.max(0, at - step)}`;
    const sql = `create table t${at} (id integer not null primary key, code varchar(40) not null unique, first_id integer, second_id integer, made date, ${columns},
      constraint t${at}_first foreign key (first_id) references ${to(1)} (id), constraint t${at}_second foreign key (second_id) references ${to(2)} (id))`;
    await run({ sql, parameters: [] });
    for (const column of ['first_id', 'second_id'])
      await run({ sql: `create index t${at}_${column} on t${at} (${column})`, parameters: [] });
  }
}
