-- who answers
select convert(nvarchar(128), serverproperty(N'ProductVersion')) as version, convert(int, serverproperty(N'EngineEdition')) as edition, (select convert(int, compatibility_level) from sys.databases where database_id = db_id()) as level;

-- settings of a session
set nocount off; set rowcount 0; set lock_timeout 10000;

-- facts
select suser_sname() as [user], convert(nvarchar(23), sysutcdatetime(), 126) + N'Z' as [now], convert(nvarchar(128), databasepropertyex(db_name(), N'Collation')) as collation, @@max_connections as most;

-- identity
select convert(nvarchar(36), d.group_database_id) as [group], convert(nvarchar(36), d.service_broker_guid) as broker, convert(nvarchar(23), d.create_date, 126) as made, d.name, isnull(schema_name(schema_id(@p1)), isnull(@p1, schema_name())) as [schema] from sys.databases as d where d.database_id = db_id();

-- a schema
select count(*) as n from sys.schemas where name = @p1;

-- the lock of a migration
declare @taken int;
exec @taken = sys.sp_getapplock @Resource = @p1, @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = @p2, @DbPrincipal = N'public';
select @taken as taken;

-- its end
exec sys.sp_releaseapplock @Resource = @p1, @LockOwner = N'Session', @DbPrincipal = N'public';

-- databases
select name, convert(bit, iif(database_id <= 4, 1, 0)) as system from sys.databases order by name;

-- schemas
select name, convert(bit, iif(schema_id >= 16384 or name in (N'sys', N'INFORMATION_SCHEMA', N'guest'), 1, 0)) as system from sys.schemas order by name;

-- rights
select
  has_perms_by_name(quotename(s.name), N'SCHEMA', N'SELECT') as readsSchema,
  iif(has_perms_by_name(quotename(s.name), N'SCHEMA', N'INSERT') = 1 and has_perms_by_name(quotename(s.name), N'SCHEMA', N'UPDATE') = 1 and has_perms_by_name(quotename(s.name), N'SCHEMA', N'DELETE') = 1, 1, 0) as writesSchema,
  has_perms_by_name(quotename(s.name), N'SCHEMA', N'ALTER') as altersSchema,
  has_perms_by_name(quotename(s.name), N'SCHEMA', N'REFERENCES') as refersInSchema,
  has_perms_by_name(quotename(db_name()), N'DATABASE', N'CREATE TABLE') as createsTables,
  convert(nvarchar(20), databasepropertyex(db_name(), N'Updateability')) as updateability,
  (select count(*) from sys.tables as t where t.schema_id = s.schema_id) as tables,
  (select count(*) from sys.tables as t where t.schema_id = s.schema_id and has_perms_by_name(quotename(s.name) + N'.' + quotename(t.name), N'OBJECT', N'SELECT') = 1) as readable,
  (select count(*) from sys.tables as t where t.schema_id = s.schema_id and has_perms_by_name(quotename(s.name) + N'.' + quotename(t.name), N'OBJECT', N'INSERT') = 1
    and has_perms_by_name(quotename(s.name) + N'.' + quotename(t.name), N'OBJECT', N'UPDATE') = 1 and has_perms_by_name(quotename(s.name) + N'.' + quotename(t.name), N'OBJECT', N'DELETE') = 1) as writable
from sys.schemas as s where s.name = isnull(@p1, schema_name());

-- rights beyond those that are needed
select
  is_member(N'db_owner') as [owner of the database],
  is_member(N'db_securityadmin') as [grant rights in the database];

-- the same, on the server
select
  is_srvrolemember(N'sysadmin') as [system administrator],
  has_perms_by_name(null, null, N'CONTROL SERVER') as [control the server],
  has_perms_by_name(null, null, N'CREATE ANY DATABASE') as [create databases],
  has_perms_by_name(null, null, N'ALTER ANY LOGIN') as [alter any login],
  has_perms_by_name(null, null, N'ADMINISTER BULK OPERATIONS') as [read files of the server];

-- introspection: tables
select o.object_id as id, o.name, rtrim(o.type) as kind
from sys.objects as o where o.schema_id = schema_id(isnull(@p1, schema_name())) and o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.name in (select [value] collate database_default from openjson(@p2)) order by o.name;

-- introspection: columns
select c.object_id as [table], c.column_id as number, c.name, c.is_nullable as nullable,
  t.name as type, schema_name(t.schema_id) as typeSchema, t.is_user_defined as isUserDefined,
  c.max_length as bytes, c.precision, c.scale, c.is_identity as isIdentity, m.definition as computed, d.definition as [default]
from sys.objects as o
join sys.columns as c on c.object_id = o.object_id
join sys.types as t on t.user_type_id = c.user_type_id
left join sys.computed_columns as m on m.object_id = c.object_id and m.column_id = c.column_id
left join sys.default_constraints as d on d.object_id = c.default_object_id
where o.schema_id = schema_id(isnull(@p1, schema_name())) and o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.name in (select [value] collate database_default from openjson(@p2));

-- introspection: checks
select k.parent_object_id as [table], k.definition
from sys.objects as o
join sys.check_constraints as k on k.parent_object_id = o.object_id
where o.schema_id = schema_id(isnull(@p1, schema_name())) and o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.name in (select [value] collate database_default from openjson(@p2)) and k.is_disabled = 0 and charindex(N'isjson', k.definition) > 0;

-- introspection: comments
select e.major_id as [table], e.minor_id as number, convert(nvarchar(max), e.value) as comment
from sys.objects as o
join sys.extended_properties as e on e.class = 1 and e.major_id = o.object_id and e.name = N'MS_Description'
where o.schema_id = schema_id(isnull(@p1, schema_name())) and o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.name in (select [value] collate database_default from openjson(@p2));

-- introspection: indexes
select i.object_id as [table], i.name, i.is_primary_key as isPrimary, i.is_unique as isUnique,
  i.filter_definition as filter, c.name as [column]
from sys.objects as o
join sys.indexes as i on i.object_id = o.object_id and i.type in (1, 2) and i.is_disabled = 0 and i.is_hypothetical = 0
join sys.index_columns as x on x.object_id = i.object_id and x.index_id = i.index_id and x.key_ordinal > 0
join sys.columns as c on c.object_id = x.object_id and c.column_id = x.column_id
where o.schema_id = schema_id(isnull(@p1, schema_name())) and o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.name in (select [value] collate database_default from openjson(@p2)) order by i.name, x.key_ordinal;

-- introspection: foreignKeys
select k.parent_object_id as [table], k.name, p.name as [column], r.name as toTable,
  iif(r.schema_id = o.schema_id, null, schema_name(r.schema_id)) as toSchema, q.name as toColumn,
  k.delete_referential_action_desc as onDelete, k.update_referential_action_desc as onUpdate
from sys.objects as o
join sys.foreign_keys as k on k.parent_object_id = o.object_id
join sys.foreign_key_columns as x on x.constraint_object_id = k.object_id
join sys.columns as p on p.object_id = x.parent_object_id and p.column_id = x.parent_column_id
join sys.objects as r on r.object_id = k.referenced_object_id
join sys.columns as q on q.object_id = x.referenced_object_id and q.column_id = x.referenced_column_id
where o.schema_id = schema_id(isnull(@p1, schema_name())) and o.type in ('U', 'V') and o.is_ms_shipped = 0 and o.name in (select [value] collate database_default from openjson(@p2)) order by k.name, x.constraint_column_id;
