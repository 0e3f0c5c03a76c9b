import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { localProofFile } from '#lib/access/local-proof.ts';
import { CliFailure } from '../cli-failure.ts';
import type { Output } from '../output.ts';
import { call } from '../portal-client.ts';
import { readSecretFromStdin } from '../read-input.ts';

type Options = { email: string; passwordStdin?: true; printToken?: true; expires?: string; resetOwner?: true };

/** Makes the first owner, or gives the owner a new password; on the server's own machine. */
export function setupCommand(program: Command, output: Output): void {
  program
    .command('setup')
    .description("make the first owner; on the portal's own machine, once")
    .requiredOption('--email <email>')
    .requiredOption('--password-stdin', 'the password on standard input')
    .option('--print-token', 'also make a management token of the owner and print it last')
    .option('--expires <time>', 'when that token ends, e.g. 24h or 90d')
    .option('--reset-owner', 'give the owner a new password instead')
    .action(async (options: Options) => {
      const { email } = options;
      const proof = await readProof();
      const password = await readSecretFromStdin();
      if (options.resetOwner) {
        await call('POST', '/setup/reset-owner', { proof, email, password }, true);
        return output.result({ user: { email } }, `The owner is ${email}, with the new password.`);
      }
      const wanted = {
        printToken: options.printToken === true,
        ...(options.expires ? { expires: options.expires } : {}),
      };
      const made = await call<{ token?: string }>('POST', '/setup', { proof, email, password, ...wanted }, true);
      const lines = [`${email} is the owner of this portal.`, ...(made.token ? [made.token] : [])];
      return output.result({ user: { email, role: 'owner' }, ...(made.token ? { token: made.token } : {}) }, lines);
    });
}

/** The running portal keeps a text that only the user it runs as can read. */
async function readProof(): Promise<string> {
  try {
    return (await readFile(localProofFile(), 'utf8')).trim();
  } catch {
    throw new CliFailure(
      4,
      'no-right',
      "Expected to read the portal's local-proof file in MOORING_HOME, and could not. Start the portal, and run this on its machine as its user.",
    );
  }
}
