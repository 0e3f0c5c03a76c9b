import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '#lib/config.ts';
import { PASSWORD } from './api.ts';
import { freePort } from './free-port.ts';

export type TestPortal = {
  url: string;
  /** management token of the owner `owner@example.org`, scope full; null when `setup` is false */
  ownerToken: string;
  home: string;
  /** what it has said so far */
  output(): string;
  /** `/api/v1` and `path`, with the owner's token unless `init` has another; a body is sent as JSON */
  api(path: string, init?: { method?: string; token?: string; body?: unknown }): Promise<Response>;
  /** SIGTERM; resolves with the exit code. The data folder is removed. */
  stop(): Promise<number | null>;
  child: ChildProcess;
};

type Options = {
  /** the real pages, which must have been built; default: only the management API and the data API */
  pages?: boolean;
  env?: Record<string, string>;
  /** a folder of the caller's own, which is then left there by `stop` */
  home?: string;
  /** false: without a first owner */
  setup?: boolean;
};

/** A portal in a process of its own: real server, own data and key folder, first owner made through the API. */
export async function startPortal(options: Options = {}): Promise<TestPortal> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'mooring-portal-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const entry = options.pages ? 'lib/server/main.ts' : 'test/support/portal-child.ts';
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('MOORING_'));
  const child = spawn(process.execPath, [join(PROJECT_ROOT, entry)], {
    cwd: PROJECT_ROOT,
    env: {
      ...(Object.fromEntries(inherited) as NodeJS.ProcessEnv),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      MOORING_HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const stop = async (): Promise<number | null> => {
    // a second signal would end it at once
    if (!child.killed) child.kill('SIGTERM');
    const code = await ended;
    if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    return code;
  };
  await Promise.race([
    said(child, 'Mooring is running'),
    ended.then(async (code) => {
      await stop();
      throw new Error(`the portal ended with ${code}:\n${output}`);
    }),
  ]);
  const portal: TestPortal = {
    url,
    ownerToken: '',
    home,
    child,
    output: () => output,
    stop,
    api: (path, { method = 'GET', token = portal.ownerToken, body } = {}) =>
      fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      }),
  };
  if (options.setup !== false) {
    const proof = readFileSync(join(home, 'local-proof'), 'utf8').trim();
    const body = { proof, email: 'owner@example.org', password: PASSWORD, printToken: true };
    const answer = await portal.api('/setup', { method: 'POST', body });
    if (!answer.ok) throw new Error(`set-up failed: ${await answer.text()}`);
    portal.ownerToken = ((await answer.json()) as { token: string }).token;
  }
  return portal;
}

function said(child: ChildProcess, text: string): Promise<void> {
  return new Promise((done) => child.stdout?.on('data', (bytes: Buffer) => bytes.toString().includes(text) && done()));
}
