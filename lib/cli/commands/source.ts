import type { Command } from 'commander';
import type { PushRequest, PushResult, SourceBundle } from '#lib/http/api.ts';
import type { Output } from '../output.ts';
import { at, call } from '../portal-client.ts';
import { readFolder, writePulled } from '../source-folder.ts';

type PushOptions = { dryRun?: true; delete?: true; force?: true; clearValues?: true };

export function sourceCommands(program: Command, output: Output): void {
  program
    .command('pull <app> <dir>')
    .description("write an app's source into a folder")
    .option('--force', 'overwrite files that were changed since the last pull')
    .action(async (app: string, dir: string, options: { force?: true }) => {
      const bundle = await call<SourceBundle>('GET', at('apps', app, 'source'));
      const done = await writePulled(dir, bundle, options.force === true);
      output.result(
        { app, ...done },
        `Pulled ${app}: ${done.written.length} written, ${done.removed.length} removed, ${done.unchanged} unchanged.`,
      );
    });

  program
    .command('push <app> <dir>')
    .description("make a folder an app's source")
    .option('--dry-run', 'only say what it would do')
    .option('--delete', 'also delete what is gone from the folder')
    .option('--force', 'overwrite what has changed in the portal since the last pull')
    .option('--clear-values', 'a changed or deleted secret variable loses its values')
    .action(async (app: string, dir: string, options: PushOptions) => {
      const { files, base } = await readFolder(dir);
      const done = await call<PushResult>('POST', at('apps', app, 'source'), {
        files,
        base,
        dryRun: options.dryRun === true,
        delete: options.delete === true,
        force: options.force === true,
        clearValues: options.clearValues === true,
      } satisfies PushRequest);
      if (!done.dryRun) await writePulled(dir, { files: {}, base: done.base }, true, false);
      output.result({ app, ...done }, pushLines(app, done));
    });
}

function pushLines(app: string, done: PushResult): string[] {
  const list = (word: string, names: string[]) => names.map((name) => `  ${word} ${name}`);
  return [
    `${done.dryRun ? 'Would push' : 'Pushed'} ${app}: ${done.created.length} new, ${done.changed.length} changed, ${done.moved.length} moved, ${done.deleted.length} deleted, ${done.unchanged} unchanged.`,
    ...list('+', done.created),
    ...list('~', done.changed),
    ...done.moved.map(({ from, to }) => `  > ${from} → ${to}`),
    ...list('-', done.deleted),
    ...list('! overwrites', done.overwritten),
  ];
}
