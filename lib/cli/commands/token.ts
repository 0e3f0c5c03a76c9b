import type { Command } from 'commander';
import type { TokenRow } from '#lib/http/api.ts';
import { CliFailure } from '../cli-failure.ts';
import { table, type Output } from '../output.ts';
import { at, call } from '../portal-client.ts';

type CreateOptions = { role?: string; scope?: string; app?: string; env?: string; expires?: string };

export function tokenCommands(program: Command, output: Output): void {
  const token = program.command('token').description('tokens for the data API and for commands');

  token
    .command('create [app] [env]')
    .description('a data token (APP ENV --role), or a management token (--scope)')
    .option('--role <role>', 'read or write')
    .option('--scope <scope>', 'read, source or deploy')
    .option('--app <app>', 'a management token for this app only')
    .option('--env <env>', 'a management token for this environment only')
    .option('--expires <time>', 'when it ends, e.g. 90d')
    .action(async (app: string | undefined, env: string | undefined, options: CreateOptions) => {
      const made = await call<{ token: string }>('POST', ...request(app, env, options));
      output.result(made, made.token);
    });

  token
    .command('list [app]')
    .description('tokens and when they end')
    .action(async (app?: string) => {
      const { tokens } = await call<{ tokens: TokenRow[] }>(
        'GET',
        app === undefined ? '/tokens' : `/tokens?app=${encodeURIComponent(app)}`,
      );
      const rows = tokens.map((row) => [
        row.id,
        `${row.prefix}…`,
        row.kind,
        row.scope,
        [row.app, row.environment].filter(Boolean).join('/'),
        row.by,
        row.revoked ? 'revoked' : (row.expiresAt ?? 'does not end'),
      ]);
      output.result({ tokens }, table(['Id', 'Token', 'Kind', 'May', 'Where', 'Made by', 'Ends'], rows));
    });

  token
    .command('revoke <id>')
    .description('end a token at once')
    .action(async (id: string) => {
      await call('DELETE', at('tokens', id));
      output.result({ revoked: id }, `${id} is refused from now on.`);
    });
}

function request(app: string | undefined, env: string | undefined, options: CreateOptions): [string, object] {
  const expires = options.expires ? { expires: options.expires } : {};
  if (options.scope !== undefined) {
    if (app !== undefined || options.role !== undefined)
      throw wrong('Expected --scope with --app and --env, found a data token beside it.');
    const narrowed = { ...(options.app ? { app: options.app } : {}), ...(options.env ? { env: options.env } : {}) };
    return ['/tokens', { scope: options.scope, ...narrowed, ...expires }];
  }
  if (app === undefined || env === undefined || options.role === undefined) {
    throw wrong(
      'Expected APP ENV --role read|write for a data token, or --scope read|source|deploy for a management token.',
    );
  }
  return [at('apps', app, 'environments', env, 'tokens'), { role: options.role, ...expires }];
}

function wrong(message: string): CliFailure {
  return new CliFailure(2, 'wrong-input', message);
}
