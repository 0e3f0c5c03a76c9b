-- rows, every type
select t."id" as "c0", t."name" as "c1", t."long" as "c2", t."big" as "c3", t."price" as "c4", t."rate" as "c5", t."paid" as "c6", to_char(t."day", 'YYYY-MM-DD') as "c7", to_char(t."hour") as "c8", to_char(cast(t."local" as timestamp(6)), 'YYYY-MM-DD"T"HH24:MI:SS.FF6') as "c9", to_char(sys_extract_utc(t."at"), 'YYYY-MM-DD"T"HH24:MI:SS.FF6') as "c10", rawtohex(t."code") as "c11", t."notes" as "c12", t."scan" as "c13", t."kind" as "c14", xmlserialize(content t."doc" as clob) as "c15" from "SHOP"."bill" t;

-- no fields
select null as "none" from "SHOP"."bill" t;

-- every kind of condition
select t."id" as "c0" from "SHOP"."bill" t where (t."id" = :1 and t."name" = :2 and dbms_lob.compare(t."long", to_clob(:3)) = 0 and t."big" = to_number(:4) and t."price" = to_number(:5) and t."rate" = to_binary_double(:6) and t."paid" = :7 and t."day" = to_date(:8, 'YYYY-MM-DD') and t."hour" = to_dsinterval(:9) and t."local" = to_timestamp(:10, 'YYYY-MM-DD"T"HH24:MI:SS.FF6') and t."at" = to_timestamp_tz(:11, 'YYYY-MM-DD"T"HH24:MI:SS.FF6TZH:TZM') and t."code" = hextoraw(:12) and dbms_lob.compare(t."notes", to_clob(:13)) = 0 and dbms_lob.compare(t."scan", to_blob(:14)) = 0 and t."kind" = :15 and t."doc" = :16 and not (t."name" is null) and t."paid" = 0 and t."id" in (:17, :18) and 1 = 0 and (dbms_lob.compare(t."long", to_clob(:19)) = 0 or dbms_lob.compare(t."long", to_clob(:20)) = 0) and t."name" like :21 escape '\' and lower(to_char(t."id")) like lower(:22) escape '\');

-- a page in an order
select t."id" as "c0" from "SHOP"."bill" t order by rawtohex(dbms_lob.substr(t."scan", 1000, 1)) asc nulls last, t."name" desc offset 100 rows fetch next 50 rows only;

-- a count
select count(*) as "total" from "SHOP"."bill" t where t."id" = :1;

-- rows that embed others
select t."id" as "c0_0" from "SHOP"."bill" t;

-- embedded rows
select e."bill_id" as "k0", e."id" as "c0" from "SHOP"."line" e where e."bill_id" in (:1, :2) order by e."id", dbms_lob.substr(e."long", 1000, 1);

-- insert
insert into "SHOP"."bill" ("id", "name", "long", "big", "price", "rate", "paid", "day", "hour", "local", "at", "code", "notes", "scan", "kind", "doc") values (:1, :2, :3, to_number(:4), to_number(:5), to_binary_double(:6), :7, to_date(:8, 'YYYY-MM-DD'), to_dsinterval(:9), to_timestamp(:10, 'YYYY-MM-DD"T"HH24:MI:SS.FF6'), to_timestamp_tz(:11, 'YYYY-MM-DD"T"HH24:MI:SS.FF6TZH:TZM'), hextoraw(:12), :13, :14, :15, :16);

-- insert, some left out
insert into "SHOP"."bill" ("id", "name") values (:1, :2);
insert into "SHOP"."bill" ("id", "name") values (default, :1);

-- insert of defaults
insert into "SHOP"."bill" ("id") values (default);

-- update
update "SHOP"."bill" set "id" = :1, "name" = :2, "long" = :3, "big" = to_number(:4), "price" = to_number(:5), "rate" = to_binary_double(:6), "paid" = :7, "day" = to_date(:8, 'YYYY-MM-DD'), "hour" = to_dsinterval(:9), "local" = to_timestamp(:10, 'YYYY-MM-DD"T"HH24:MI:SS.FF6'), "at" = to_timestamp_tz(:11, 'YYYY-MM-DD"T"HH24:MI:SS.FF6TZH:TZM'), "code" = hextoraw(:12), "notes" = :13, "scan" = :14, "kind" = :15, "doc" = :16 where "id" = :17;

-- delete
delete from "SHOP"."bill" where "id" = :1;

-- rows that a delete takes
select rowidtochar(t.rowid) as "address", t."id" as "c0" from "SHOP"."bill" t where t."id" = :1 for update;

-- by their addresses
select rowidtochar(t.rowid) as "address", t."id" as "c0" from "SHOP"."bill" t where t.rowid in (chartorowid(:1), chartorowid(:2));
delete from "SHOP"."bill" where rowid in (chartorowid(:1), chartorowid(:2));
