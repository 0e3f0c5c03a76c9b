import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliFailure } from './cli-failure.ts';

/** All of standard input as text. */
async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Standard input without the one line end that `echo` and editors put behind it. */
export async function readSecretFromStdin(): Promise<string> {
  return (await readStdin()).replace(/\r?\n$/, '');
}

/** A file's text, or standard input for `-`. @throws CliFailure 2 when the file can not be read */
export async function readFileOrStdin(path: string): Promise<string> {
  if (path === '-') return readStdin();
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new CliFailure(
      2,
      'wrong-input',
      `${path} can not be read. Name a file that exists, or - for standard input.`,
    );
  }
}

/** Asks on the terminal; without one the answer is no. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await line.question(`${question} [y/N] `);
  line.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Asks for a line on the terminal; a secret one is not shown while it is typed. @throws CliFailure 2 without a terminal */
export async function ask(question: string, option: string, secret = false): Promise<string> {
  if (!process.stdin.isTTY) throw new CliFailure(2, 'wrong-input', `${question} is missing. Give it with ${option}.`);
  process.stderr.write(`${question}: `);
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: secret ? nothing : process.stderr, terminal: true });
  const answer = await line.question('');
  line.close();
  if (secret) process.stderr.write('\n');
  return secret ? answer : answer.trim();
}
