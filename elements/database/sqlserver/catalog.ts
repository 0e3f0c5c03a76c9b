/** The catalog queries of introspection: set-wise, by schema, from the catalog views ("System catalog views"). */
import type { Statement } from '../schema.ts';

/** `@p1` is the schema, null the session's own; `@p2`, if there are names, the tables as a JSON array. */
export function catalogQueries(schema: string | null, tables: string[] | undefined) {
  const parameters = [schema, ...(tables ? [JSON.stringify(tables)] : [])];
  const inSchema = 'o.schema_id = schema_id(isnull(@p1, schema_name()))';
  const named = tables ? ' and o.name in (select [value] collate database_default from openjson(@p2))' : '';
  // tables of users and views; what the server made itself has is_ms_shipped
  const wanted = `${inSchema} and o.type in ('U', 'V') and o.is_ms_shipped = 0${named}`;
  const statement = (sql: string): Statement => ({ sql, parameters });
  return {
    tables: statement(`select o.object_id as id, o.name, rtrim(o.type) as kind
from sys.objects as o where ${wanted} order by o.name`),
    columns: statement(`select c.object_id as [table], c.column_id as number, c.name, c.is_nullable as nullable,
  t.name as type, schema_name(t.schema_id) as typeSchema, t.is_user_defined as isUserDefined,
  c.max_length as bytes, c.precision, c.scale, c.is_identity as isIdentity, m.definition as computed, d.definition as [default]
from sys.objects as o
join sys.columns as c on c.object_id = o.object_id
join sys.types as t on t.user_type_id = c.user_type_id
left join sys.computed_columns as m on m.object_id = c.object_id and m.column_id = c.column_id
left join sys.default_constraints as d on d.object_id = c.default_object_id
where ${wanted}`),
    checks: statement(`select k.parent_object_id as [table], k.definition
from sys.objects as o
join sys.check_constraints as k on k.parent_object_id = o.object_id
where ${wanted} and k.is_disabled = 0 and charindex(N'isjson', k.definition) > 0`),
    comments: statement(`select e.major_id as [table], e.minor_id as number, convert(nvarchar(max), e.value) as comment
from sys.objects as o
join sys.extended_properties as e on e.class = 1 and e.major_id = o.object_id and e.name = N'MS_Description'
where ${wanted}`),
    indexes: statement(`select i.object_id as [table], i.name, i.is_primary_key as isPrimary, i.is_unique as isUnique,
  i.filter_definition as filter, c.name as [column]
from sys.objects as o
join sys.indexes as i on i.object_id = o.object_id and i.type in (1, 2) and i.is_disabled = 0 and i.is_hypothetical = 0
join sys.index_columns as x on x.object_id = i.object_id and x.index_id = i.index_id and x.key_ordinal > 0
join sys.columns as c on c.object_id = x.object_id and c.column_id = x.column_id
where ${wanted} order by i.name, x.key_ordinal`),
    foreignKeys: statement(`select k.parent_object_id as [table], k.name, p.name as [column], r.name as toTable,
  iif(r.schema_id = o.schema_id, null, schema_name(r.schema_id)) as toSchema, q.name as toColumn,
  k.delete_referential_action_desc as onDelete, k.update_referential_action_desc as onUpdate
from sys.objects as o
join sys.foreign_keys as k on k.parent_object_id = o.object_id
join sys.foreign_key_columns as x on x.constraint_object_id = k.object_id
join sys.columns as p on p.object_id = x.parent_object_id and p.column_id = x.parent_column_id
join sys.objects as r on r.object_id = k.referenced_object_id
join sys.columns as q on q.object_id = x.referenced_object_id and q.column_id = x.referenced_column_id
where ${wanted} order by k.name, x.constraint_column_id`),
  };
}

export type TableRow = { id: number; /** U, V */ kind: string; name: string };
export type ColumnRow = {
  table: number;
  number: number;
  name: string;
  nullable: boolean;
  type: string;
  typeSchema: string;
  isUserDefined: boolean;
  /** -1: max; of nchar and nvarchar twice the characters */
  bytes: number;
  precision: number;
  scale: number;
  isIdentity: boolean;
  computed: string | null;
  default: string | null;
};
export type CheckRow = { table: number; definition: string };
/** `number` of a column, or 0: of the table */
export type CommentRow = { table: number; number: number; comment: string };
export type IndexRow = {
  table: number;
  name: string;
  isPrimary: boolean;
  isUnique: boolean;
  filter: string | null;
  column: string;
};
export type ForeignKeyRow = {
  table: number;
  name: string;
  column: string;
  toTable: string;
  toSchema: string | null;
  toColumn: string;
  onDelete: string;
  onUpdate: string;
};
