import type { Session } from '#elements/database/contract.ts';

/** Drops all tables and views of a SQLite file. */
export async function emptySqlite(session: Session): Promise<void> {
  const run = async (sql: string) => (await session.run({ sql, parameters: [] })).rows;
  await run('pragma foreign_keys = off');
  const made = await run(
    "select name, type from sqlite_schema where type in ('table', 'view') and name not like 'sqlite!_%' escape '!'",
  );
  for (const { name, type } of made) await run(`drop ${String(type)} "${String(name).replaceAll('"', '""')}"`);
  await run('pragma foreign_keys = on');
}
