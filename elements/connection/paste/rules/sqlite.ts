import { FOREIGN_CODE, ignore, refuse, refuseOn, take, type Rules } from './rule.ts';

/** URI file names of SQLite (sqlite.org/uri.html), Microsoft.Data.Sqlite, Prisma. */
export const sqlite: Rules = {
  file: take('file'),
  filename: take('file'),
  datasource: take('file'),
  database: take('file'),
  mode: (draft, key, value) => {
    if (/^(?:ro|readonly)$/i.test(value)) draft.take('readOnly', key, 'true');
    else if (/^memory$/i.test(value)) draft.refuse(key, 'a database in memory keeps nothing');
    else draft.ignore(key);
  },
  readonly: (draft, key, value) =>
    /^(?:1|true|yes|on)$/i.test(value) ? draft.take('readOnly', key, 'true') : draft.ignore(key),
  vfs: refuse(FOREIGN_CODE),
  nolock: refuseOn('would let two writers spoil the file'),
  immutable: refuseOn('would read a file while it changes'),
  password: refuse('an encrypted file can not be read'),
  key: refuse('an encrypted file can not be read'),
  // servers' words have no meaning here
  ssl: ignore,
};
