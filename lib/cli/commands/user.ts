import type { Command } from 'commander';
import type { UserRow } from '#lib/http/api.ts';
import { table, type Output } from '../output.ts';
import { at, call } from '../portal-client.ts';

export function userCommands(program: Command, output: Output): void {
  const user = program.command('user').description('people of the workspace');

  user
    .command('list')
    .description('people and their roles')
    .action(async () => {
      const { users } = await call<{ users: UserRow[] }>('GET', '/users');
      const state = (row: UserRow) => (row.disabled ? 'disabled' : row.invited ? 'invited' : 'active');
      output.result(
        { users },
        table(
          ['E-mail', 'Role', 'State'],
          users.map((row) => [row.email, row.role, state(row)]),
        ),
      );
    });

  user
    .command('invite <email>')
    .description('prints the link that the person opens')
    .requiredOption('--role <role>', 'owner, developer or viewer')
    .action(async (email: string, { role }: { role: string }) => {
      const { link } = await call<{ link: string }>('POST', '/users', { email, role });
      output.result({ email, role, link }, link);
    });

  user
    .command('disable <email>')
    .description('end the access of a person')
    .action(async (email: string) => {
      await call('POST', at('users', email, 'disable'), {});
      output.result({ email, disabled: true }, `${email} can not sign in any more; sessions and tokens have ended.`);
    });

  user
    .command('reset <email>')
    .description('prints a link that sets a new password')
    .action(async (email: string) => {
      const { link } = await call<{ link: string }>('POST', at('users', email, 'reset'), {});
      output.result({ email, link }, link);
    });
}
