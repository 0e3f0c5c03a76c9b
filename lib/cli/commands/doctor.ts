import type { Command } from 'commander';
import { CliFailure } from '../cli-failure.ts';
import type { Output } from '../output.ts';
import { call } from '../portal-client.ts';

type Check = { name: string; state: 'ok' | 'warning' | 'failed'; message: string; next: string };

const MARKS = { ok: '✓', warning: '▲', failed: '✗' } as const;

export function doctorCommand(program: Command, output: Output): void {
  program
    .command('doctor')
    .description('check the portal: store, master key, audit, certificates, settings')
    .action(async () => {
      const { checks } = await call<{ checks: Check[] }>('GET', '/doctor');
      const failed = checks.filter((check) => check.state === 'failed');
      const lines = checks.map(
        (check) => `${MARKS[check.state]} ${check.name}: ${check.message}${check.next ? `\n    → ${check.next}` : ''}`,
      );
      if (failed.length === 0) return output.result({ checks }, lines);
      for (const line of lines) output.note(line);
      throw new CliFailure(1, 'internal', `${failed.length} of ${checks.length} checks failed.`, [], { checks });
    });
}
