-- rows, every type
select concat(cast(N'' as nvarchar(max)), N'{"name":', isnull(N'"' + string_escape(convert(nvarchar(max), t.[name]), N'json') + N'"', N'null'), N',"long":', isnull(N'"' + string_escape(convert(nvarchar(max), t.[long]), N'json') + N'"', N'null'), N',"id":', isnull(convert(nvarchar(20), t.[id]), N'null'), N',"big":', isnull(convert(nvarchar(20), t.[big]), N'null'), N',"price":', isnull(convert(nvarchar(41), convert(decimal(12,2), t.[price])), N'null'), N',"rate":', isnull(case when convert(float, convert(nvarchar(30), convert(float, t.[rate]))) = t.[rate] then convert(nvarchar(30), convert(float, t.[rate])) else convert(nvarchar(30), convert(float, t.[rate]), 3) end, N'null'), N',"paid":', case t.[paid] when 1 then N'true' when 0 then N'false' else N'null' end, N',"day":', isnull(N'"' + convert(nvarchar(10), t.[day], 23) + N'"', N'null'), N',"hour":', isnull(N'"' + replace(left(convert(nvarchar(16), convert(time(7), t.[hour]), 121), 8), N' ', N'T') + isnull(nullif(replace(rtrim(replace(substring(convert(nvarchar(16), convert(time(7), t.[hour]), 121), 9, 8), N'0', N' ')), N' ', N'0'), N'.'), N'') + N'"', N'null'), N',"local":', isnull(N'"' + replace(left(convert(nvarchar(27), convert(datetime2(7), t.[local]), 121), 19), N' ', N'T') + isnull(nullif(replace(rtrim(replace(substring(convert(nvarchar(27), convert(datetime2(7), t.[local]), 121), 20, 8), N'0', N' ')), N' ', N'0'), N'.'), N'') + N'"', N'null'), N',"at":', isnull(N'"' + replace(left(convert(nvarchar(27), convert(datetime2(7), switchoffset(t.[at], N'+00:00')), 121), 19), N' ', N'T') + isnull(nullif(replace(rtrim(replace(substring(convert(nvarchar(27), convert(datetime2(7), switchoffset(t.[at], N'+00:00')), 121), 20, 8), N'0', N' ')), N' ', N'0'), N'.'), N'') + N'+00:00"', N'null'), N',"code":', isnull(N'"' + lower(convert(nvarchar(36), t.[code])) + N'"', N'null'), N',"notes":', isnull(convert(nvarchar(max), t.[notes]), N'null'), N',"scan":', isnull(N'"\\x' + lower(convert(nvarchar(max), convert(varbinary(max), t.[scan]), 2)) + N'"', N'null'), N',"kind":', isnull(N'"' + string_escape(convert(nvarchar(max), t.[kind]), N'json') + N'"', N'null'), N',"place":', isnull(N'"' + string_escape(t.[place].ToString(), N'json') + N'"', N'null'), N',"version":', isnull(N'"' + string_escape(convert(nvarchar(max), convert(binary(8), t.[version]), 1), N'json') + N'"', N'null'), N',"doc":', isnull(N'"' + string_escape(convert(nvarchar(max), t.[doc]), N'json') + N'"', N'null'), N'}') as j from [shop].[bill] as t;
-- []

-- no fields
select concat(cast(N'' as nvarchar(max)), N'{}') as j from [shop].[bill] as t;
-- []

-- every kind of condition
select concat(cast(N'' as nvarchar(max)), N'{"id":', isnull(convert(nvarchar(20), t.[id]), N'null'), N'}') as j from [shop].[bill] as t where (t.[name] = @p1 and convert(nvarchar(max), t.[long]) = @p2 and t.[id] = convert(int, @p3) and t.[big] = convert(bigint, @p4) and t.[price] = convert(decimal(38,12), @p5) and t.[rate] = convert(float, @p6) and t.[paid] = convert(bit, @p7) and t.[day] = convert(date, @p8) and t.[hour] = convert(time(7), @p9) and t.[local] = convert(datetime2(7), @p10) and t.[at] = convert(datetimeoffset(7), @p11) and t.[code] = convert(uniqueidentifier, @p12) and convert(nvarchar(max), t.[notes]) = @p13 and t.[scan] = convert(varbinary(max), @p14, 1) and t.[kind] = @p15 and t.[place].ToString() = @p16 and convert(nvarchar(max), convert(binary(8), t.[version]), 1) = @p17 and convert(nvarchar(max), t.[doc]) = @p18 and (t.[id] <> convert(int, @p19) or t.[price] > convert(decimal(38,12), @p20) or t.[at] >= convert(datetimeoffset(7), @p21) or t.[name] < @p22 or t.[id] <= convert(int, @p23)) and not (t.[name] is null) and t.[paid] = 1 and t.[paid] = 0 and t.[id] in (convert(int, @p24), convert(int, @p25), convert(int, @p26)) and 1 = 0 and convert(nvarchar(max), t.[name]) collate Latin1_General_100_BIN2 like @p27 escape N'\' and lower(convert(nvarchar(max), t.[id])) collate Latin1_General_100_BIN2 like lower(@p28) escape N'\');
-- ["a","b","1","9007199254740993","12.50",0.1,true,"2026-01-31","13:45:00.25","2026-01-31T13:45:00","2026-01-31T13:45:00.25+00:00","a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11","{\"a\":1}","0xdeadbeef","a","POINT (1 2)","POINT (1 2)","POINT (1 2)","2","1","2026-01-31T13:45:00+00:00","m","3","1","2","3","50\\%\\[a]%","1_"]

-- the first rows
select top (50) concat(cast(N'' as nvarchar(max)), N'{"id":', isnull(convert(nvarchar(20), t.[id]), N'null'), N'}') as j from [shop].[bill] as t order by t.[id] asc;
-- []

-- a page; nulls as they do not come by themselves; a column named twice
select concat(cast(N'' as nvarchar(max)), N'{"id":', isnull(convert(nvarchar(20), t.[id]), N'null'), N'}') as j from [shop].[bill] as t order by case when t.[name] is null then 1 else 0 end, t.[name] asc, case when t.[price] is null then 0 else 1 end, t.[price] desc, t.[at] desc offset convert(bigint, @p1) rows fetch next 50 rows only;
-- [100]

-- an offset without an order
select concat(cast(N'' as nvarchar(max)), N'{"id":', isnull(convert(nvarchar(20), t.[id]), N'null'), N'}') as j from [shop].[bill] as t order by (select null) offset convert(bigint, @p1) rows;
-- [7]

-- a page of no rows
select top (0) concat(cast(N'' as nvarchar(max)), N'{"id":', isnull(convert(nvarchar(20), t.[id]), N'null'), N'}') as j from [shop].[bill] as t;
-- []

-- related rows
select concat(cast(N'' as nvarchar(max)), N'{"id":', isnull(convert(nvarchar(20), t.[id]), N'null'), N',"the name":', isnull(N'"' + string_escape(convert(nvarchar(max), t.[name]), N'json') + N'"', N'null'), N',"customer":', isnull((select top (1) concat(cast(N'' as nvarchar(max)), N'{"name":', isnull(N'"' + string_escape(convert(nvarchar(max), e2.[name]), N'json') + N'"', N'null'), N'}') from [shop].[customer] as e2 where e2.[id] = t.[customer_id]), N'null'), N',"lines":', (select concat(N'[', string_agg(concat(cast(N'' as nvarchar(max)), N'{"price":', isnull(convert(nvarchar(41), convert(decimal(12,2), e3.[price])), N'null'), N'}'), N',') within group (order by e3.[id], e3.[name]), N']') from [shop].[line] as e3 where e3.[bill_id] = t.[id]), N'}') as j from [shop].[bill] as t;
-- []

-- a count
select count_big(*) as total from [shop].[bill] as t where t.[id] = convert(int, @p1);
-- ["1"]

-- insert
insert into [shop].[bill] ([name], [price]) values (@p1, convert(decimal(12,2), @p2)), (@p3, default);
select @@rowcount as n;
-- ["a","1.50",null]

-- insert, given back
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null);
insert into [shop].[bill] ([name], [price]) output isnull(convert(nvarchar(20), inserted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), inserted.[name]), N'json') + N'"', N'null') into @rows (c0, c1) values (@p1, convert(decimal(12,2), @p2)), (@p3, default);
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N'}') as j from @rows as r;
-- ["a","1.50",null]

-- insert, related rows given back
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null, k2_0 int null, k3_0 int null);
insert into [shop].[bill] ([name], [price]) output isnull(convert(nvarchar(20), inserted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), inserted.[name]), N'json') + N'"', N'null'), inserted.[customer_id], inserted.[id] into @rows (c0, c1, k2_0, k3_0) values (@p1, convert(decimal(12,2), @p2)), (@p3, default);
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N',"customer":', isnull((select top (1) concat(cast(N'' as nvarchar(max)), N'{"name":', isnull(N'"' + string_escape(convert(nvarchar(max), e2.[name]), N'json') + N'"', N'null'), N'}') from [shop].[customer] as e2 where e2.[id] = r.k2_0), N'null'), N',"lines":', (select concat(N'[', string_agg(concat(cast(N'' as nvarchar(max)), N'{"price":', isnull(convert(nvarchar(41), convert(decimal(12,2), e3.[price])), N'null'), N'}'), N',') within group (order by e3.[id], e3.[name]), N']') from [shop].[line] as e3 where e3.[bill_id] = r.k3_0), N'}') as j from @rows as r;
-- ["a","1.50",null]

-- insert, nothing of it given back
declare @rows table (c bit null);
insert into [shop].[bill] ([name], [price]) output null into @rows (c) values (@p1, convert(decimal(12,2), @p2)), (@p3, default);
select concat(cast(N'' as nvarchar(max)), N'{}') as j from @rows as r;
-- ["a","1.50",null]

-- insert, some rows with a number of their own
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null);
insert into [shop].[bill] ([name]) output isnull(convert(nvarchar(20), inserted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), inserted.[name]), N'json') + N'"', N'null') into @rows (c0, c1) values (@p1), (@p2);
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N'}') as j from @rows as r;
-- ["a","b"]
set identity_insert [shop].[bill] on;
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null);
insert into [shop].[bill] ([id], [name]) output isnull(convert(nvarchar(20), inserted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), inserted.[name]), N'json') + N'"', N'null') into @rows (c0, c1) values (convert(int, @p1), @p2);
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N'}') as j from @rows as r;
set identity_insert [shop].[bill] off;
-- ["7","c"]
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null);
insert into [shop].[bill] ([name]) output isnull(convert(nvarchar(20), inserted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), inserted.[name]), N'json') + N'"', N'null') into @rows (c0, c1) values (@p1);
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N'}') as j from @rows as r;
-- ["d"]

-- insert of nothing but defaults
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null);
insert into [shop].[bill] output isnull(convert(nvarchar(20), inserted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), inserted.[name]), N'json') + N'"', N'null') into @rows (c0, c1) default values;
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N'}') as j from @rows as r;
-- []
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null);
insert into [shop].[bill] output isnull(convert(nvarchar(20), inserted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), inserted.[name]), N'json') + N'"', N'null') into @rows (c0, c1) default values;
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N'}') as j from @rows as r;
-- []

-- insert, every type
insert into [shop].[bill] ([name], [long], [id], [big], [price], [rate], [paid], [day], [hour], [local], [at], [code], [notes], [scan], [kind], [place], [version], [doc]) values (@p1, @p2, convert(int, @p3), convert(bigint, @p4), convert(decimal(12,2), @p5), convert(float, @p6), convert(bit, @p7), convert(date, @p8), convert(time(7), @p9), convert(datetime2(7), @p10), convert(datetimeoffset(7), @p11), convert(uniqueidentifier, @p12), @p13, convert(varbinary(max), @p14, 1), @p15, geography::Parse(@p16), @p17, @p18), (@p19, @p20, convert(int, @p21), convert(bigint, @p22), convert(decimal(12,2), @p23), convert(float, @p24), convert(bit, @p25), convert(date, @p26), convert(time(7), @p27), convert(datetime2(7), @p28), convert(datetimeoffset(7), @p29), convert(uniqueidentifier, @p30), @p31, convert(varbinary(max), @p32, 1), @p33, geography::Parse(@p34), @p35, @p36);
select @@rowcount as n;
-- ["a","b","1","9007199254740993","12.50",0.1,true,"2026-01-31","13:45:00.25","2026-01-31T13:45:00","2026-01-31T13:45:00.25+00:00","a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11","{\"a\":1}","0xdeadbeef","a","POINT (1 2)","POINT (1 2)","POINT (1 2)",null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null]

-- update
update t set [name] = @p1, [price] = convert(decimal(12,2), @p2) from [shop].[bill] as t where t.[id] = convert(int, @p3);
select @@rowcount as n;
-- [null,"2","1"]

-- update, related rows given back
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null, k2_0 int null, k3_0 int null);
update t set [name] = @p1 output isnull(convert(nvarchar(20), inserted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), inserted.[name]), N'json') + N'"', N'null'), inserted.[customer_id], inserted.[id] into @rows (c0, c1, k2_0, k3_0) from [shop].[bill] as t where t.[id] = convert(int, @p2);
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N',"customer":', isnull((select top (1) concat(cast(N'' as nvarchar(max)), N'{"name":', isnull(N'"' + string_escape(convert(nvarchar(max), e2.[name]), N'json') + N'"', N'null'), N'}') from [shop].[customer] as e2 where e2.[id] = r.k2_0), N'null'), N',"lines":', (select concat(N'[', string_agg(concat(cast(N'' as nvarchar(max)), N'{"price":', isnull(convert(nvarchar(41), convert(decimal(12,2), e3.[price])), N'null'), N'}'), N',') within group (order by e3.[id], e3.[name]), N']') from [shop].[line] as e3 where e3.[bill_id] = r.k3_0), N'}') as j from @rows as r;
-- ["x","1"]

-- delete
delete t from [shop].[bill] as t where t.[id] = convert(int, @p1);
select @@rowcount as n;
-- ["1"]

-- delete, given back
declare @rows table (c0 nvarchar(max) null, c1 nvarchar(max) null);
delete t output isnull(convert(nvarchar(20), deleted.[id]), N'null'), isnull(N'"' + string_escape(convert(nvarchar(max), deleted.[name]), N'json') + N'"', N'null') into @rows (c0, c1) from [shop].[bill] as t where t.[id] = convert(int, @p1);
select concat(cast(N'' as nvarchar(max)), N'{"id":', r.c0, N',"the name":', r.c1, N'}') as j from @rows as r;
-- ["1"]

-- delete, related rows given back: read first, then deleted
select concat(cast(N'' as nvarchar(max)), N'{"id":', isnull(convert(nvarchar(20), t.[id]), N'null'), N',"the name":', isnull(N'"' + string_escape(convert(nvarchar(max), t.[name]), N'json') + N'"', N'null'), N',"customer":', isnull((select top (1) concat(cast(N'' as nvarchar(max)), N'{"name":', isnull(N'"' + string_escape(convert(nvarchar(max), e2.[name]), N'json') + N'"', N'null'), N'}') from [shop].[customer] as e2 where e2.[id] = t.[customer_id]), N'null'), N',"lines":', (select concat(N'[', string_agg(concat(cast(N'' as nvarchar(max)), N'{"price":', isnull(convert(nvarchar(41), convert(decimal(12,2), e3.[price])), N'null'), N'}'), N',') within group (order by e3.[id], e3.[name]), N']') from [shop].[line] as e3 where e3.[bill_id] = t.[id]), N'}') as j from [shop].[bill] as t with (updlock, holdlock) where t.[id] = convert(int, @p1);
-- ["1"]
