import type { Command } from 'commander';
import { credentials, keepCredentials } from '../credentials.ts';
import type { Output } from '../output.ts';
import { call } from '../portal-client.ts';
import { ask, readSecretFromStdin } from '../read-input.ts';

/** Signs in once and keeps a management token for later commands. */
export function loginCommand(program: Command, output: Output): void {
  program
    .command('login')
    .description('sign in to a portal (MOORING_URL) and keep its token')
    .option('--email <email>')
    .option('--password-stdin', 'the password on standard input')
    .action(async (options: { email?: string; passwordStdin?: true }) => {
      const email = options.email ?? (await ask('E-mail', '--email'));
      const password = options.passwordStdin
        ? await readSecretFromStdin()
        : await ask('Password', '--password-stdin', true);
      const { url } = await credentials();
      const { token } = await call<{ token: string }>('POST', '/login', { email, password }, true);
      const path = await keepCredentials({ url, token });
      output.result({ url, email }, `Signed in to ${url} as ${email}; the token is kept in ${path}.`);
    });
}
