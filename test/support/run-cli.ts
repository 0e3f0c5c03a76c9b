import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '#lib/config.ts';

export type CliRun = { code: number | null; stdout: string; stderr: string };

/** Runs the command line in a process of its own. `environment` is all it gets of `MOORING_*`. */
export async function runCli(args: string[], environment: Record<string, string>, stdin = ''): Promise<CliRun> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('MOORING_'));
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'lib/cli/mooring.js'), ...args], {
    env: { ...(Object.fromEntries(inherited) as NodeJS.ProcessEnv), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => (said.stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said.stderr += bytes.toString()));
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, ...said };
}
