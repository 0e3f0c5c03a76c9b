// `npm run bench [-- ENGINE…] [--introspection]`: ratios against what a program does by hand, measured in the same run (docs/performance.md).
import { localEngines } from '../support/live-engines.ts';
import { measureDataApi } from './data-api.ts';
import { measureIntrospection } from './introspection.ts';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const engines = localEngines.filter((name) => wanted.length === 0 || wanted.includes(name));
const tell = (text: string) => process.stdout.write(`${text}\n`);

if (!process.argv.includes('--introspection')) {
  tell('Data API against node:http + driver + JSON.stringify: ratio of requests a second, CPU per request, p99');
  for (const engine of engines) await measureDataApi(engine, tell);
}
tell('Introspection of 1,000 tables against the bare catalog queries: ratio of time');
for (const engine of engines) await measureIntrospection(engine, tell);
