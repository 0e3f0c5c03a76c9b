// The database of the raw program on SQLite.
import Database from 'better-sqlite3';

const database = new Database(process.argv[2]);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
const prepared = new Map<string, Database.Statement>();

process.on('message', ({ id, text, values }: { id: number; text: string; values: unknown[] }) => {
  let statement = prepared.get(text);
  if (!statement) prepared.set(text, (statement = database.prepare(text)));
  process.send?.({ id, rows: statement.all(...values) });
});
process.on('disconnect', () => process.exit(0));
