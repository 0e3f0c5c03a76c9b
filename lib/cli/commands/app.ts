import type { Command } from 'commander';
import type { AppRow } from '#lib/http/api.ts';
import { table, type Output } from '../output.ts';
import { at, call } from '../portal-client.ts';

export function appCommands(program: Command, output: Output): void {
  const app = program.command('app').description('apps of the workspace');

  app
    .command('list')
    .description('apps and what their environments serve')
    .action(async () => {
      const { apps } = await call<{ apps: AppRow[] }>('GET', '/apps');
      const rows = apps.map((row) => [
        row.name,
        row.title,
        String(row.elements.databases),
        String(row.elements.models),
        row.environments
          .map((each) => (each.release === null ? each.name : `${each.name} #${each.release}`))
          .join(', '),
      ]);
      output.result({ apps }, table(['App', 'Title', 'Databases', 'Models', 'Environments'], rows));
    });

  app
    .command('create <app>')
    .description('make an app')
    .option('--title <title>')
    .action(async (name: string, { title }: { title?: string }) => {
      const made = await call<AppRow>('POST', '/apps', { name, ...(title ? { title } : {}) });
      output.result({ app: made }, `Made ${made.name}.`);
    });

  app
    .command('delete <app>')
    .description('delete an app; its SQLite files go to the trash')
    .requiredOption('--confirm <app>', 'the name once more')
    .action(async (name: string, { confirm }: { confirm: string }) => {
      const done = await call<{ trash: string | null }>(
        'DELETE',
        `${at('apps', name)}?confirm=${encodeURIComponent(confirm)}`,
      );
      output.result(
        { deleted: name, ...done },
        `Deleted ${name}${done.trash ? `; its SQLite files lie in ${done.trash} of MOORING_HOME` : ''}.`,
      );
    });
}
