-- a table
create table [shop].[bill] (
  [id] int identity(1,1) not null,
  [email] nvarchar(80) null,
  [state] nvarchar(20) not null default N'new',
  [parent] int null,
  [notes] nvarchar(max) null check (isjson(concat(N'[', [notes], N']')) = 1),
  constraint [pk_bill] primary key ([id])
);
create unique index [bill_email] on [shop].[bill] ([email], [state]) where [email] is not null;
create index [bill_state] on [shop].[bill] ([state]);
alter table [shop].[bill] add constraint [bill_parent_fkey] foreign key ([parent]) references [shop].[bill] ([id]) on delete no action on update no action;
exec sys.sp_addextendedproperty @name = N'MS_Description', @value = N'a bill''s head', @level0type = N'SCHEMA', @level0name = N'shop', @level1type = N'TABLE', @level1name = N'bill';
exec sys.sp_addextendedproperty @name = N'MS_Description', @value = N'where it is sent', @level0type = N'SCHEMA', @level0name = N'shop', @level1type = N'TABLE', @level1name = N'bill', @level2type = N'COLUMN', @level2name = N'email';

-- a table with a column of every type
create table [shop].[every type] (
  [c0] nvarchar(80) null default N'it''s',
  [c1] nvarchar(max) null default N'it''s',
  [c2] nvarchar(max) null,
  [c3] int null default -1,
  [c4] bigint null,
  [c5] decimal(12,2) null default 12345678901234567890.12,
  [c6] float null,
  [c7] bit null default 1,
  [c8] date null default sysutcdatetime(),
  [c9] time(6) null,
  [c10] datetime2(6) null,
  [c11] datetimeoffset(6) null default sysutcdatetime(),
  [c12] uniqueidentifier null default newid(),
  [c13] nvarchar(max) null check (isjson(concat(N'[', [c13], N']')) = 1) default N'{"a": 1}',
  [c14] varbinary(max) null,
  [c15] nvarchar(255) null,
  [c16] geography null
);

-- a table goes
drop table [shop].[bill];

-- a table is renamed
exec sys.sp_rename @objname = N'[shop].[bill]', @newname = N'invoice''s head]';

-- a column
alter table [shop].[bill] add [n] int null;

-- a column with a default and a comment
alter table [shop].[bill] add [at] datetimeoffset(6) null default sysutcdatetime() with values;
exec sys.sp_addextendedproperty @name = N'MS_Description', @value = N'when', @level0type = N'SCHEMA', @level0name = N'shop', @level1type = N'TABLE', @level1name = N'bill', @level2type = N'COLUMN', @level2name = N'at';

-- a column that must be filled
alter table [shop].[bill] add [n] int not null default 0;

-- a computed column
alter table [shop].[bill] add [double] as ([id]*(2)) persisted;

-- a column goes
declare @drop nvarchar(max) = N'';
select @drop += N'alter table [shop].[bill] drop constraint ' + quotename(c.name) + N';' from sys.default_constraints c join sys.columns k on k.object_id = c.parent_object_id and k.column_id = c.parent_column_id where c.parent_object_id = object_id(N'[shop].[bill]') and k.name = N'state';
exec sys.sp_executesql @drop;
alter table [shop].[bill] drop column [state];

-- a column of JSON goes
declare @drop nvarchar(max) = N'';
select @drop += N'alter table [shop].[bill] drop constraint ' + quotename(c.name) + N';' from sys.check_constraints c where c.parent_object_id = object_id(N'[shop].[bill]') and charindex(N'isjson', c.definition) > 0 and charindex(N'[notes]', c.definition) > 0;
exec sys.sp_executesql @drop;
declare @drop nvarchar(max) = N'';
select @drop += N'alter table [shop].[bill] drop constraint ' + quotename(c.name) + N';' from sys.default_constraints c join sys.columns k on k.object_id = c.parent_object_id and k.column_id = c.parent_column_id where c.parent_object_id = object_id(N'[shop].[bill]') and k.name = N'notes';
exec sys.sp_executesql @drop;
alter table [shop].[bill] drop column [notes];

-- a column is renamed
exec sys.sp_rename @objname = N'[shop].[bill].[parent]', @newname = N'parent_id', @objtype = N'COLUMN';

-- a column under a filtered index is renamed
if exists (select 1 from sys.key_constraints where parent_object_id = object_id(N'[shop].[bill]') and name = N'bill_email')
  alter table [shop].[bill] drop constraint [bill_email]
else
  drop index [bill_email] on [shop].[bill];
exec sys.sp_rename @objname = N'[shop].[bill].[email]', @newname = N'mail', @objtype = N'COLUMN';
create unique index [bill_email] on [shop].[bill] ([mail], [state]) where [mail] is not null;

-- a column of JSON is renamed
declare @drop nvarchar(max) = N'';
select @drop += N'alter table [shop].[bill] drop constraint ' + quotename(c.name) + N';' from sys.check_constraints c where c.parent_object_id = object_id(N'[shop].[bill]') and charindex(N'isjson', c.definition) > 0 and charindex(N'[notes]', c.definition) > 0;
exec sys.sp_executesql @drop;
exec sys.sp_rename @objname = N'[shop].[bill].[notes]', @newname = N'remarks', @objtype = N'COLUMN';
alter table [shop].[bill] add check (isjson(concat(N'[', [remarks], N']')) = 1);

-- a text grows: its index stays
alter table [shop].[bill] alter column [email] nvarchar(120) null;

-- a text under an index shrinks
if exists (select 1 from sys.key_constraints where parent_object_id = object_id(N'[shop].[bill]') and name = N'bill_email')
  alter table [shop].[bill] drop constraint [bill_email]
else
  drop index [bill_email] on [shop].[bill];
alter table [shop].[bill] alter column [email] nvarchar(40) null;
create unique index [bill_email] on [shop].[bill] ([email], [state]) where [email] is not null;

-- a column loses its nulls: the filter goes
if exists (select 1 from sys.key_constraints where parent_object_id = object_id(N'[shop].[bill]') and name = N'bill_email')
  alter table [shop].[bill] drop constraint [bill_email]
else
  drop index [bill_email] on [shop].[bill];
alter table [shop].[bill] alter column [email] nvarchar(80) not null;
create unique index [bill_email] on [shop].[bill] ([email], [state]);

-- a column of the primary key
alter table [shop].[bill] drop constraint [bill_parent_fkey];
alter table [shop].[bill] drop constraint [pk_bill];
alter table [shop].[bill] alter column [id] bigint not null;
alter table [shop].[bill] add constraint [pk_bill] primary key ([id]);
alter table [shop].[bill] add constraint [bill_parent_fkey] foreign key ([parent]) references [shop].[bill] ([id]) on delete no action on update no action;

-- a column of a foreign key
alter table [shop].[bill] drop constraint [bill_parent_fkey];
alter table [shop].[bill] alter column [parent] int not null;
alter table [shop].[bill] add constraint [bill_parent_fkey] foreign key ([parent]) references [shop].[bill] ([id]) on delete no action on update no action;

-- another default
declare @drop nvarchar(max) = N'';
select @drop += N'alter table [shop].[bill] drop constraint ' + quotename(c.name) + N';' from sys.default_constraints c join sys.columns k on k.object_id = c.parent_object_id and k.column_id = c.parent_column_id where c.parent_object_id = object_id(N'[shop].[bill]') and k.name = N'state';
exec sys.sp_executesql @drop;
alter table [shop].[bill] add default N'open' for [state];

-- no default
declare @drop nvarchar(max) = N'';
select @drop += N'alter table [shop].[bill] drop constraint ' + quotename(c.name) + N';' from sys.default_constraints c join sys.columns k on k.object_id = c.parent_object_id and k.column_id = c.parent_column_id where c.parent_object_id = object_id(N'[shop].[bill]') and k.name = N'state';
exec sys.sp_executesql @drop;

-- text becomes JSON
alter table [shop].[bill] drop constraint [bill_parent_fkey];
alter table [shop].[bill] alter column [parent] nvarchar(max) null;
alter table [shop].[bill] add check (isjson(concat(N'[', [parent], N']')) = 1);
alter table [shop].[bill] add constraint [bill_parent_fkey] foreign key ([parent]) references [shop].[bill] ([id]) on delete no action on update no action;

-- JSON becomes text
declare @drop nvarchar(max) = N'';
select @drop += N'alter table [shop].[bill] drop constraint ' + quotename(c.name) + N';' from sys.check_constraints c where c.parent_object_id = object_id(N'[shop].[bill]') and charindex(N'isjson', c.definition) > 0 and charindex(N'[notes]', c.definition) > 0;
exec sys.sp_executesql @drop;
alter table [shop].[bill] alter column [notes] nvarchar(max) null;

-- another comment
declare @text nvarchar(3750) = N'sent\' + N'
there';
exec sys.sp_updateextendedproperty @name = N'MS_Description', @value = @text, @level0type = N'SCHEMA', @level0name = N'shop', @level1type = N'TABLE', @level1name = N'bill', @level2type = N'COLUMN', @level2name = N'email';

-- no comment
exec sys.sp_dropextendedproperty @name = N'MS_Description', @level0type = N'SCHEMA', @level0name = N'shop', @level1type = N'TABLE', @level1name = N'bill', @level2type = N'COLUMN', @level2name = N'email';

-- an index
create index [i] on [shop].[bill] ([parent], [state]);

-- a unique index
create unique index [u] on [shop].[bill] ([state]);

-- a unique index over nulls
create unique index [u] on [shop].[bill] ([parent], [state]) where [parent] is not null;

-- an index goes
drop index [bill_state] on [shop].[bill];

-- a unique index goes
if exists (select 1 from sys.key_constraints where parent_object_id = object_id(N'[shop].[bill]') and name = N'bill_email')
  alter table [shop].[bill] drop constraint [bill_email]
else
  drop index [bill_email] on [shop].[bill];

-- a foreign key
alter table [shop].[bill] add constraint [bill_parent_fkey] foreign key ([parent]) references [other].[bill] ([id]) on delete set null on update cascade;

-- a foreign key goes
alter table [shop].[bill] drop constraint [bill_parent_fkey];

-- another primary key
alter table [shop].[bill] drop constraint [pk_bill];
if exists (select 1 from sys.key_constraints where parent_object_id = object_id(N'[shop].[bill]') and name = N'bill_email')
  alter table [shop].[bill] drop constraint [bill_email]
else
  drop index [bill_email] on [shop].[bill];
alter table [shop].[bill] alter column [email] nvarchar(80) not null;
create unique index [bill_email] on [shop].[bill] ([email], [state]);
alter table [shop].[bill] add primary key ([email], [state]);

-- a comment on the table
exec sys.sp_updateextendedproperty @name = N'MS_Description', @value = N'another', @level0type = N'SCHEMA', @level0name = N'shop', @level1type = N'TABLE', @level1name = N'bill';

-- no comment on the table
exec sys.sp_dropextendedproperty @name = N'MS_Description', @level0type = N'SCHEMA', @level0name = N'shop', @level1type = N'TABLE', @level1name = N'bill';
