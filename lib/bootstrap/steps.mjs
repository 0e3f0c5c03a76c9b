// Steps that say what they do and how long they took. Plain JavaScript: runs on Node 18 before anything is installed.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const HEARTBEAT_MS = 5_000;
const windows = process.platform === 'win32';

/** A step that failed and has already told why. */
export class StepFailed extends Error {
  /** @param {string} title what was being done  @param {string} detail what the tool said */
  constructor(title, detail) {
    super(`${title} failed${detail ? `\n${detail}` : ''}`);
    this.name = 'StepFailed';
  }
}

/** @param {number} sinceMs a value of Date.now() */
export function took(sinceMs) {
  const ms = Date.now() - sinceMs;
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/**
 * Runs a slow tool quietly: its output goes to `.cache/logs/<name>.log`, its newest line is told every five seconds.
 * @param {string} title said at once, and again with the time at the end
 * @param {{ name: string, command: string, args: string[], env?: NodeJS.ProcessEnv, out?: NodeJS.WritableStream }} tool
 * @throws {StepFailed} with the end of the log when the tool does not exit with 0
 */
export async function quietStep(title, { name, command, args, env, out = process.stdout }) {
  const started = Date.now();
  out.write(`${title} …\n`);
  const logs = join(root, '.cache', 'logs');
  mkdirSync(logs, { recursive: true });
  const log = createWriteStream(join(logs, `${name}.log`));
  let newest = '';
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      log.write(bytes);
      newest = String(bytes).trimEnd().split('\n').at(-1)?.slice(0, 100) ?? newest;
    });
  }
  const heartbeat = setInterval(() => out.write(`  ${took(started)}  ${newest}\n`), HEARTBEAT_MS);
  const why = await ended(child);
  clearInterval(heartbeat);
  await new Promise((done) => log.end(done));
  if (why !== 0) throw new StepFailed(title, `${lastLines(log.path)}\n(exit ${why}; all of it: ${log.path})`);
  out.write(`  done in ${took(started)}\n`);
}

/**
 * Runs a tool whose output belongs on the screen, and passes signals on to it.
 * @param {string} cwd the project's folder, unless the arguments name files of a user
 * @returns {Promise<number | string>} its exit code, or what kept it from running
 */
export function visibly(command, args, env = {}, cwd = root) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
  // a terminal sends Ctrl+C to the child itself
  const signals = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT'];
  const pass = (signal) => child.kill(signal);
  const stay = () => {};
  for (const signal of signals) process.on(signal, pass);
  process.on('SIGINT', stay);
  const watch = stopWithNpm(child);
  return ended(child).finally(() => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, pass);
    process.off('SIGINT', stay);
  });
}

const NPM_POLL_MS = 500;

/** npm starts a script through a shell that keeps signals to itself: when npm is told to stop, its going is all that is seen here. */
function stopWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, NPM_POLL_MS);
}

/** @param {string} name of an installed tool: `prettier`, `next` */
export function tool(name) {
  return join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);
}

/** @returns the path of the first of these programs that is on PATH or in a system folder for servers */
export function onPath(...names) {
  const folders = [...(process.env.PATH ?? '').split(windows ? ';' : ':'), '/usr/sbin', '/usr/local/sbin'];
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found) return found;
  }
  return undefined;
}

/** Runs `main`; a failed step is told without a stack, and ends the process with 1. */
export async function runSteps(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

function ended(child) {
  return new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (code, signal) =>
      done(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : `${signal}`)),
    );
  });
}

function lastLines(path) {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-60).join('\n');
}
