import type { Command } from 'commander';
import { isPasteEngine, PASTE_ENGINES, type PasteEngine } from '#elements/connection/paste/engine-fields.ts';
import { masked } from '#elements/connection/paste/masked.ts';
import { parseConnectionText } from '#elements/connection/paste/parse-connection-text.ts';
import { TextRefused, type Pasted } from '#elements/connection/paste/pasted.ts';
import { CliFailure } from '../cli-failure.ts';
import { table, type Output } from '../output.ts';
import { readFileOrStdin } from '../read-input.ts';

export function parseCommand(program: Command, output: Output): void {
  program
    .command('parse')
    .description('what a connection text on standard input says; needs no portal')
    .option('--engine <engine>', `one of ${PASTE_ENGINES.join(', ')}`)
    .action(async ({ engine: wanted }: { engine?: string }) => {
      const read = parsed(await readFileOrStdin('-'), engineOf(wanted));
      const { engine, ignored, refused } = read;
      const fields = masked(read.fields);
      output.result({ engine, fields, ignored, refused }, linesOf({ ...read, fields }));
    });
}

function engineOf(name: string | undefined): PasteEngine | undefined {
  if (name === undefined || isPasteEngine(name)) return name;
  throw wrong(`Expected one of ${PASTE_ENGINES.join(', ')} as --engine, found something else.`);
}

function parsed(text: string, engine: PasteEngine | undefined): Pasted {
  let read: Pasted;
  try {
    read = parseConnectionText(text, engine);
  } catch (error) {
    throw error instanceof TextRefused ? wrong(error.message) : error;
  }
  if (engine === undefined || read.engine === engine) return read;
  throw wrong(`Expected a text of ${engine}, found one of ${read.engine}. Leave --engine out, or name that.`);
}

function linesOf({ form, engine, fields, ignored, refused }: Pasted): string[] {
  const rows = Object.entries(fields).map(([name, value]) => [name, firstLine(String(value))]);
  return [
    `${form} of ${engine}`,
    ...(rows.length > 0 ? ['', ...table(['Field', 'Value'], rows)] : []),
    ...(ignored.length > 0 ? ['', 'Ignored', ...ignored.map((key) => `  · ${key}`)] : []),
    ...(refused.length > 0 ? ['', 'Refused', ...refused.map(({ key, why }) => `  ✗ ${key}: ${why}`)] : []),
  ];
}

/** PEM text has several. */
function firstLine(text: string): string {
  const [first = '', ...more] = text.trimEnd().split('\n');
  return more.length > 0 ? `${first} … (${more.length + 1} lines)` : first;
}

function wrong(message: string): CliFailure {
  return new CliFailure(2, 'wrong-input', message);
}
