import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { PROJECT_ROOT } from '#lib/config.ts';

type Said = { exit: number | null; stdout: string; stderr: string };

export type Mooring = {
  /** Runs the real command line as a process of its own: `run(['app', 'list'])`. */
  run(args: string[], options?: { input?: string; env?: Record<string, string | undefined> }): Promise<Said>;
  /** The same with `--json`; `document` is the one JSON document on stdout. */
  json<T = Record<string, unknown>>(args: string[], input?: string): Promise<Said & { document: T }>;
};

const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** A user's shell: a portal to speak to, a home folder of its own, no terminal. */
export function mooring(portal: { url: string; token?: string; home?: string; node?: string }): Mooring {
  const home = mkdtempSync(join(tmpdir(), 'mooring-user-'));
  homes.push(home);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MOORING_')));
  const run: Mooring['run'] = (args, { input = '', env = {} } = {}) => {
    const child = spawn(portal.node ?? process.execPath, [join(PROJECT_ROOT, 'lib/cli/mooring.js'), ...args], {
      cwd: home,
      env: {
        ...inherited,
        HOME: home,
        XDG_CONFIG_HOME: join(home, '.config'),
        MOORING_URL: portal.url,
        ...(portal.token === undefined ? {} : { MOORING_TOKEN: portal.token }),
        ...(portal.home === undefined ? {} : { MOORING_HOME: portal.home }),
        ...env,
      } as unknown as NodeJS.ProcessEnv,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    // a command that fails before it reads closes its end first
    child.stdin.on('error', () => undefined).end(input);
    return new Promise((resolve, reject) => {
      child.on('error', reject).on('close', (exit) => resolve({ exit, stdout, stderr }));
    });
  };
  return {
    run,
    async json<T>(args: string[], input = '') {
      const said = await run([...args, '--json'], { input });
      try {
        return { ...said, document: JSON.parse(said.stdout) as T };
      } catch {
        throw new Error(`no JSON document: ${JSON.stringify(said)}`);
      }
    },
  };
}
