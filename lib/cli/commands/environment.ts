import type { Command } from 'commander';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { CliFailure } from '../cli-failure.ts';
import { table, type Output } from '../output.ts';
import { at, call } from '../portal-client.ts';

export function environmentCommands(program: Command, output: Output): void {
  const env = program.command('env').description("an app's environments");

  env
    .command('list <app>')
    .description('environments, what they serve and what they lack')
    .action(async (app: string) => {
      const { environments } = await call<{ environments: EnvironmentRow[] }>('GET', at('apps', app, 'environments'));
      const rows = environments.map((row) => [
        row.name,
        row.protected ? 'protected' : '',
        row.active ? `release ${row.active.number}` : 'not deployed',
        row.missing.length > 0 ? `missing ${row.missing.join(', ')}` : '',
      ]);
      output.result({ environments }, table(['Environment', '', 'Active', ''], rows));
    });

  env
    .command('create <app> <env>')
    .description('add an environment')
    .option('--protected')
    .action(async (app: string, name: string, options: { protected?: true }) => {
      const made = await call<EnvironmentRow>('POST', at('apps', app, 'environments'), {
        name,
        protected: options.protected === true,
      });
      output.result({ environment: made }, `Made ${name}${made.protected ? ', protected' : ''}.`);
    });

  env
    .command('set <app> <env>')
    .description('protect an environment, or no longer')
    .requiredOption('--protected <on|off>')
    .action(async (app: string, name: string, options: { protected: string }) => {
      if (options.protected !== 'on' && options.protected !== 'off') {
        throw new CliFailure(2, 'wrong-input', `Expected --protected on or off, found ${options.protected}.`);
      }
      const wanted = options.protected === 'on';
      const changed = await call<EnvironmentRow>('PATCH', at('apps', app, 'environments', name), { protected: wanted });
      output.result({ environment: changed }, `${name} is ${wanted ? 'protected' : 'not protected any more'}.`);
    });

  env
    .command('delete <app> <env>')
    .description('delete an environment; its SQLite files go to the trash')
    .requiredOption('--confirm <env>', 'the name once more')
    .action(async (app: string, name: string, { confirm }: { confirm: string }) => {
      const path = `${at('apps', app, 'environments', name)}?confirm=${encodeURIComponent(confirm)}`;
      const done = await call<{ trash: string | null }>('DELETE', path);
      output.result(
        { deleted: name, ...done },
        `Deleted ${name}${done.trash ? `; its SQLite files lie in ${done.trash} of MOORING_HOME` : ''}.`,
      );
    });
}
