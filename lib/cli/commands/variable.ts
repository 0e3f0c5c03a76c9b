import type { Command } from 'commander';
import type { Reason } from '#lib/core/errors.ts';
import type { VariableMatrix, VariableRow } from '#lib/http/api.ts';
import { CliFailure } from '../cli-failure.ts';
import { reasonLine, table, type Output } from '../output.ts';
import { at, call } from '../portal-client.ts';
import { confirm, readFileOrStdin, readSecretFromStdin } from '../read-input.ts';

type SetOptions = { stdin?: true; fromFile?: string; force?: true; confirmTargets?: true };

export function variableCommands(program: Command, output: Output): void {
  const variables = program.command('var').description("an app's variables and their values");

  variables
    .command('list <app>')
    .description('keys, types, and what is set where')
    .option('--env <env>', 'one environment only')
    .action(async (app: string, { env }: { env?: string }) => {
      const matrix = await call<VariableMatrix>('GET', at('apps', app, 'variables'));
      const names = matrix.environments.map((each) => each.name).filter((name) => env === undefined || name === env);
      if (env !== undefined && names.length === 0)
        throw new CliFailure(2, 'not-found', `There is no environment ${env}.`);
      const shown = matrix.variables.map((row) => ({
        ...row,
        cells: Object.fromEntries(names.map((name) => [name, row.cells[name]])),
      }));
      const rows = shown.map((row) => [
        row.key,
        row.definition.type,
        row.definition.required ? 'required' : '',
        ...names.map((name) => cell(row as VariableRow, name)),
      ]);
      output.result({ environments: names, variables: shown }, table(['Key', 'Type', '', ...names], rows));
    });

  variables
    .command('set <app> <env> [values...]')
    .description('KEY=VALUE…, or KEY --stdin, or --from-file FILE')
    .option('--stdin', 'the value of one KEY on standard input')
    .option('--from-file <file>', 'lines KEY=VALUE, each taken as it stands; - is standard input')
    .option('--force', 'set it although a database can not be reached with it')
    .option('--confirm-targets', 'a secret may go to the new target')
    .action(async (app: string, env: string, given: string[], options: SetOptions) => {
      const values = await readValues(app, given, options);
      const body = { values, force: options.force === true, confirmTargets: options.confirmTargets === true };
      const done = await call<{ set: string[]; warnings: Reason[] }>(
        'PUT',
        at('apps', app, 'environments', env, 'values'),
        body,
      );
      for (const warning of done.warnings) output.note(reasonLine(warning));
      output.result({ environment: env, ...done }, `Set ${done.set.join(', ')} in ${env}.`);
    });

  variables
    .command('unset <app> <env> <key>')
    .description('remove a value')
    .option('--yes', 'without asking')
    .action(async (app: string, env: string, key: string, options: { yes?: true }) => {
      if (
        !options.yes &&
        !(await confirm(`Remove the value of ${key} in ${env}? A running release that needs it stops answering.`))
      ) {
        throw new CliFailure(
          2,
          'confirmation-needed',
          `Nothing was removed. Say --yes to remove the value of ${key} in ${env}.`,
        );
      }
      await call('DELETE', `${at('apps', app, 'environments', env, 'values', key)}?confirm=true`);
      output.result({ unset: key, environment: env }, `${key} has no value in ${env} any more.`);
    });
}

function cell(row: VariableRow, environment: string): string {
  const found = row.cells[environment];
  if (!found) return '';
  return found.value === null ? found.state : `${found.state} ${String(found.value).slice(0, 40)}`;
}

async function readValues(app: string, given: string[], options: SetOptions): Promise<Record<string, string>> {
  const ways = [options.stdin, options.fromFile].filter(Boolean).length;
  if (ways > 1) throw wrong('Expected one of --stdin and --from-file, found both.');
  if (options.fromFile !== undefined) {
    if (given.length > 0) throw wrong(`Expected no KEY beside --from-file, found ${given.length}.`);
    return fromLines(await readFileOrStdin(options.fromFile));
  }
  if (options.stdin) return fromStdin(given);
  return fromArguments(app, given);
}

async function fromStdin(given: string[]): Promise<Record<string, string>> {
  const [key] = given;
  if (key === undefined || given.length > 1 || key.includes('='))
    throw wrong('Expected one KEY before --stdin, without a value.');
  return { [key]: await readSecretFromStdin() };
}

/** A secret would stand in the shell's history and in the list of processes: it is refused here. */
async function fromArguments(app: string, given: string[]): Promise<Record<string, string>> {
  if (given.length === 0) throw wrong('Expected KEY=VALUE, KEY --stdin or --from-file FILE, found nothing.');
  const values = Object.fromEntries(given.map(pair));
  const { variables } = await call<VariableMatrix>('GET', at('apps', app, 'variables'));
  const secret = variables.find((row) => row.definition.type === 'secret' && row.key in values);
  if (secret)
    throw wrong(
      `${secret.key} is a secret and can not be given as KEY=VALUE. Use ${secret.key} --stdin, or --from-file -.`,
    );
  return values;
}

function pair(text: string): [string, string] {
  const mark = text.indexOf('=');
  if (mark <= 0) throw wrong(`Expected KEY=VALUE, found ${mark === 0 ? 'a value without a KEY' : 'no ='}.`);
  return [text.slice(0, mark), text.slice(mark + 1)];
}

/** Lines KEY=VALUE: no quotes, no comments, no escapes; empty lines are passed over. */
function fromLines(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const values = Object.fromEntries(
    lines.map((line, at) => {
      if (!line.includes('=')) throw wrong(`Expected KEY=VALUE in line ${at + 1}, found no =.`);
      return pair(line);
    }),
  );
  if (lines.length === 0) throw wrong('Expected lines KEY=VALUE, found none.');
  return values;
}

function wrong(message: string): CliFailure {
  return new CliFailure(2, 'wrong-input', message);
}
