import { Command, CommanderError } from 'commander';
import { appCommands } from './commands/app.ts';
import { deployCommands } from './commands/deploy.ts';
import { environmentCommands } from './commands/environment.ts';
import { introspectCommand } from './commands/introspect.ts';
import { loginCommand } from './commands/login.ts';
import { parseCommand } from './commands/parse.ts';
import { setupCommand } from './commands/setup.ts';
import { sourceCommands } from './commands/source.ts';
import { doctorCommand } from './commands/doctor.ts';
import { testCommand } from './commands/test.ts';
import { tokenCommands } from './commands/token.ts';
import { userCommands } from './commands/user.ts';
import { variableCommands } from './commands/variable.ts';
import { CliFailure } from './cli-failure.ts';
import { Output } from './output.ts';

/** Runs one command. Resolves to the exit code of product.md section 7; never throws, never ends the process itself. */
export async function main(args: string[]): Promise<number> {
  const output = new Output(args.includes('--json'));
  const program = new Command('mooring')
    .description('Apps on several databases and environments: source, variables, tests, deploys.')
    .option('--json', 'one JSON document on stdout, all else on stderr')
    // a failure is said once, by output.fail
    .configureOutput({ outputError: () => undefined });
  for (const add of COMMANDS) add(program, output);
  for (const command of everyCommand(program)) {
    command.exitOverride();
    if (command !== program) command.option('--json', 'one JSON document on stdout');
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return output.exitCode;
  } catch (error) {
    return output.fail(asFailure(error));
  }
}

const COMMANDS = [
  setupCommand,
  loginCommand,
  userCommands,
  appCommands,
  sourceCommands,
  environmentCommands,
  variableCommands,
  testCommand,
  introspectCommand,
  parseCommand,
  deployCommands,
  tokenCommands,
  doctorCommand,
];

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function asFailure(error: unknown): CliFailure | null {
  if (error instanceof CliFailure) return error;
  if (error instanceof CommanderError) {
    // help and version are no failures
    if (error.exitCode === 0) return null;
    const said = error.code === 'commander.help' ? 'Expected a command.' : error.message.replace(/^error: /, '');
    return new CliFailure(2, 'wrong-input', `${said} (mooring --help lists what there is)`);
  }
  const text = error instanceof Error ? error.message : String(error);
  return new CliFailure(1, 'internal', `The command failed: ${text.slice(0, 500)}`);
}
