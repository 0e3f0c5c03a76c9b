// A current Node, from the machine or from npm. Runs on Node 18.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { quietStep, root, StepFailed, visibly } from './steps.mjs';

const WANTED = '24';
const home = join(root, '.cache', 'node');

/**
 * Returns where the running Node can run the project; otherwise runs this same command under one that can, and ends with its exit code.
 * Speaks on stderr only, so that a command's own output stays clean.
 */
export async function onCurrentNode() {
  if (isCurrent(process.versions.node)) return;
  const folder = installed() ?? (await install());
  const bin = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const env = {
    PATH: `${dirname(bin)}${delimiter}${process.env.PATH ?? ''}`,
    // the package carries the headers, for packages that compile
    npm_config_nodedir: folder,
    npm_node_execpath: bin,
    NODE: bin,
  };
  const code = await visibly(bin, process.argv.slice(1), env, process.cwd());
  process.exit(typeof code === 'number' ? code : 1);
}

/** Node 22.18 and 23.6 run TypeScript without a flag. @param {string} version e.g. `22.18.0` */
function isCurrent(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${platform}-${process.arch}`;
}

function installed() {
  const folder = join(home, 'node_modules', packageName());
  const bin = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(bin)) return undefined;
  try {
    return isCurrent(execFileSync(bin, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim())
      ? folder
      : undefined;
  } catch {
    // a half-finished install, or a folder copied from another kind of machine
    return undefined;
  }
}

async function install() {
  const title = `Node ${process.versions.node} is too old (22.18 or newer is needed): installing Node ${WANTED} into .cache/node`;
  await quietStep(title, {
    name: 'node',
    command: 'npm',
    args: ['install', '--prefix', home, '--no-audit', '--no-fund', '--no-save', `${packageName()}@${WANTED}`],
    out: process.stderr,
  });
  const folder = installed();
  if (!folder) {
    throw new StepFailed(
      title,
      `${packageName()} does not run on this machine; install Node ${WANTED} from https://nodejs.org`,
    );
  }
  return folder;
}
