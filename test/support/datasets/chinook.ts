import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spelled, type DataSet, type ScriptedEngine } from './dataset.ts';

const FILES: Record<ScriptedEngine, string> = {
  sqlite: 'Chinook_Sqlite.sql',
  postgresql: 'Chinook_PostgreSql.sql',
  mysql: 'Chinook_MySql.sql',
  sqlserver: 'Chinook_SqlServer.sql',
};

/** The Chinook sample database from a folder that holds its scripts (`CHINOOK_DIR`). */
export function chinook(folder: string): DataSet {
  return {
    name: 'Chinook',
    script: (engine) => withoutDatabase(readFileSync(join(folder, FILES[engine]), 'utf8').replace(/^\uFEFF/, '')),
    counts: {
      album: 347,
      artist: 275,
      customer: 59,
      employee: 8,
      genre: 25,
      invoice: 412,
      invoice_line: 2240,
      media_type: 5,
      playlist: 18,
      playlist_track: 8715,
      track: 3503,
    },
    joined: { model: 'album', label: 'title', embed: 'artist', embedLabel: 'name' },
    marker: {
      model: 'genre',
      table: (engine) => spelled(engine, 'genre'),
      column: (engine) => spelled(engine, 'name'),
      key: (engine) => spelled(engine, 'genre_id'),
    },
  };
}

/** The scripts make and choose their own database; the test has made one already. Upper case: their comments say "Drop database" too. */
function withoutDatabase(script: string): string {
  return script
    .replaceAll(/^\s*(DROP|CREATE)\s+DATABASE\b[^;]*;/gm, '')
    .replaceAll(/^\s*USE\b[^;]*;/gm, '')
    .replaceAll(/^\\c .*$/gm, '');
}
