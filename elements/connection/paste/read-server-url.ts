import type { PasteEngine } from './engine-fields.ts';
import { place, TextRefused, type Found } from './pasted.ts';
import { readSemicolons } from './read-semicolons.ts';

const HEAD = /^\/\/(\[[^\]]*\]|[^\\:/@]*)(?:\\([^:/@]*))?(?::(\d*))?(?:\/([^/]*))?$/;

/** `//host\instance:port/database;key=value;…`: Microsoft's JDBC driver, jTDS, Prisma. @throws TextRefused */
export function readServerUrl(engine: PasteEngine, form: string, text: string, whole: string, start: number): Found {
  const end = text.includes(';') ? text.indexOf(';') : text.length;
  const match = HEAD.exec(text.slice(0, end));
  if (!match) throw new TextRefused(`From ${place(whole, start)} on, //host\\instance:port;key=value is expected.`);
  const [, host = '', instance = '', port = '', database = ''] = match;
  const settings = readSemicolons(whole, start + end, 'braces');
  if (host === '' && settings.length === 0) throw new TextRefused(`At ${place(whole, start + 2)} a host is expected.`);
  return {
    form,
    engine,
    parts: [
      { field: 'host', key: 'host', value: host },
      { field: 'instance', key: 'instance', value: instance },
      { field: 'port', key: 'port', value: port },
      { field: 'database', key: 'database', value: database },
    ],
    settings,
    namesHost: host === '',
    seconds: true,
    refused: [],
    ignored: [],
  };
}
