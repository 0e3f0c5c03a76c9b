import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Which portal to speak to, and as whom. */
export type Credentials = { url: string; token: string | null };

const DEFAULT_URL = 'http://localhost:3000';

function file(): string {
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'mooring', 'credentials.json');
}

/** MOORING_URL and MOORING_TOKEN, else what `mooring login` kept; its token goes to its own portal only. */
export async function credentials(): Promise<Credentials> {
  const kept = await readKept();
  const url = (process.env.MOORING_URL ?? kept?.url ?? DEFAULT_URL).replace(/\/+$/, '');
  return { url, token: process.env.MOORING_TOKEN ?? (kept?.url === url ? kept.token : null) };
}

async function readKept(): Promise<Credentials | null> {
  try {
    return JSON.parse(await readFile(file(), 'utf8')) as Credentials;
  } catch {
    return null;
  }
}

/** Kept for the user alone (0600). */
export async function keepCredentials(kept: Credentials): Promise<string> {
  const path = file();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
  return path;
}
