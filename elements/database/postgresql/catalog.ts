/** The catalog queries of introspection: set-wise, by schema, from pg_catalog (manual, chapter 52). */
import type { Statement } from '../schema.ts';

/** `$1` is the schema; `$2`, if there are names, the tables. `null` is the session's own schema. */
export function catalogQueries(schema: string | null, tables: string[] | undefined) {
  const parameters = [...(schema === null ? [] : [schema]), ...(tables ? [JSON.stringify(tables)] : [])];
  const inSchema = `c.relnamespace = (select oid from pg_namespace where nspname = ${schema === null ? 'current_schema()' : '$1'})`;
  const named = tables ? ` and c.relname in (select json_array_elements_text($${parameters.length}::json))` : '';
  // partitions are part of their table
  const wanted = `${inSchema} and c.relkind in ('r','p','v','m','f') and not c.relispartition${named}`;
  const statement = (sql: string): Statement => ({ sql, parameters });
  return {
    tables: statement(`
      select c.oid, c.relname as name, c.relkind::text as kind from pg_class c where ${wanted} order by c.relname`),
    // sub-select and no join: only a column with a default costs a look-up
    columns: statement(`
      select a.attrelid as "table", a.attnum as number, a.attname as name, not a.attnotnull as nullable,
        format_type(a.atttypid, a.atttypmod) as native, a.attidentity::text as identity, a.attgenerated::text as generated,
        case when a.atthasdef then (
          select pg_get_expr(e.adbin, e.adrelid) from pg_attrdef e where e.adrelid = a.attrelid and e.adnum = a.attnum
        ) end as "default"
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where ${wanted}`),
    comments: statement(`
      select d.objoid as "table", d.objsubid as number, d.description as comment
      from pg_class c
      join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass
      where ${wanted}`),
    indexes: statement(`
      select i.indrelid as "table", x.relname as name, i.indisprimary as "primary", i.indisunique as "unique",
        i.indkey::text as keys, i.indnkeyatts as length
      from pg_class c
      join pg_index i on i.indrelid = c.oid
      join pg_class x on x.oid = i.indexrelid
      where ${wanted} and i.indexprs is null and i.indpred is null and i.indisvalid
      order by x.relname`),
    foreignKeys: statement(`
      select k.conrelid as "table", k.conname as name, k.confrelid as target, t.relname as "targetName",
        n.nspname as "targetSchema", k.conkey::text as keys, k.confkey::text as "targetKeys",
        k.confdeltype::text as "onDelete", k.confupdtype::text as "onUpdate"
      from pg_class c
      join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.conparentid = 0
      join pg_class t on t.oid = k.confrelid
      left join pg_namespace n on n.oid = t.relnamespace and t.relnamespace <> c.relnamespace
      where ${wanted} order by k.conname`),
  };
}

/** Names of the columns of tables that are referenced from within the scope but lie outside of it. */
export function columnNames(tables: number[]): Statement {
  return {
    sql: `select attrelid as "table", attnum as number, attname as name from pg_attribute
      where attrelid = any($1::oid[]) and attnum > 0 and not attisdropped`,
    parameters: [`{${tables.join(',')}}`],
  };
}

export type TableRow = { oid: number; name: string; kind: string };
/** `number` of a column, or 0: of the table */
export type CommentRow = { table: number; number: number; comment: string };
export type ColumnRow = {
  table: number;
  number: number;
  name: string;
  nullable: boolean;
  native: string;
  identity: string;
  generated: string;
  default: string | null;
};
export type IndexRow = {
  table: number;
  name: string;
  primary: boolean;
  unique: boolean;
  /** numbers of columns with spaces between them */
  keys: string;
  /** those of them that are keys; the others are only carried along */
  length: number;
};
export type ForeignKeyRow = {
  table: number;
  name: string;
  target: number;
  targetName: string;
  targetSchema: string | null;
  /** `{1,2}` */
  keys: string;
  targetKeys: string;
  onDelete: string;
  onUpdate: string;
};
