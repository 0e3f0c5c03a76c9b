/**
 * A statement that the server has prepared already, run with as little as the protocol asks for: Bind, Execute and Sync in one
 * write (manual, section 54.2.3), no Describe, and an answer that is read as it lies in its chunk. Measured: a third of the
 * portal's CPU for one row.
 */
import type { Connection as Protocol } from 'pg';
import type { Row } from '../contract.ts';
import type { Parameter } from '../schema.ts';

/** A column of the answer, as the server described it when the statement was prepared. */
export type Field = { name: string; parse(text: string): unknown };
export type NamedAnswer = { rows: Row[]; affected: number; command: string };

/** What the driver calls of a query that is its own class; see `pg-cursor` for another one. */
export class NamedQuery {
  readonly #message: Buffer;
  readonly #fields: readonly Field[];
  readonly #resolve: (answer: NamedAnswer) => void;
  readonly #reject: (error: Error) => void;
  #rows: Row[] = [];
  #tag = '';

  constructor(
    name: string,
    values: readonly Parameter[],
    fields: readonly Field[],
    resolve: (answer: NamedAnswer) => void,
    reject: (error: Error) => void,
  ) {
    this.#message = bindAndExecute(name, values);
    this.#fields = fields;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(protocol: Protocol): null {
    (protocol as unknown as { stream: NodeJS.WritableStream }).stream.write(this.#message);
    return null;
  }

  /**
   * Takes a whole answer out of one chunk: BindComplete, DataRow…, CommandComplete, ReadyForQuery and nothing else.
   * @returns the state of the transaction that it ends with; null: it is something else, and the driver reads it
   */
  takeWhole(chunk: Buffer): string | null {
    const { length } = chunk;
    if (length < BIND_COMPLETE.length + READY_BYTES || chunk[length - READY_BYTES] !== READY) return null;
    if (!BIND_COMPLETE.every((byte, at) => chunk[at] === byte)) return null;
    const rows: Row[] = [];
    let at = BIND_COMPLETE.length;
    while (chunk[at] === DATA_ROW && at + HEADER <= length) {
      const end = at + 1 + chunk.readUInt32BE(at + 1);
      if (end > length - READY_BYTES) return null;
      rows.push(this.#readRow(chunk, at + HEADER));
      at = end;
    }
    if (chunk[at] !== COMMAND_COMPLETE || at + 1 + chunk.readUInt32BE(at + 1) !== length - READY_BYTES) return null;
    this.#rows = rows;
    this.#tag = chunk.toString('latin1', at + HEADER, length - READY_BYTES - 1);
    return String.fromCharCode(chunk[length - 1]!);
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#rows.push(this.#named(fields));
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#tag = text;
  }

  handleReadyForQuery(): void {
    const [command = '', ...numbers] = this.#tag.split(' ');
    this.#resolve({ rows: this.#rows, affected: Number(numbers.at(-1) ?? 0) || 0, command });
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}

  #readRow(chunk: Buffer, start: number): Row {
    let at = start + 2;
    const row: Row = {};
    for (const { name, parse } of this.#fields) {
      const length = chunk.readInt32BE(at);
      at += 4;
      row[name] = length < 0 ? null : parse(chunk.toString('utf8', at, at + length));
      if (length > 0) at += length;
    }
    return row;
  }

  #named(values: (string | null)[]): Row {
    return Object.fromEntries(
      this.#fields.map(({ name, parse }, at): [string, unknown] => {
        const text = values[at] ?? null;
        return [name, text === null ? null : parse(text)];
      }),
    );
  }
}

/** kind and length of a message */
const HEADER = 5;
const BIND_COMPLETE = [0x32, 0, 0, 0, 4];
const DATA_ROW = 0x44;
const COMMAND_COMPLETE = 0x43;
const READY = 0x5a;
const READY_BYTES = 6;

/** Execute of the unnamed portal without a limit of rows, then Sync */
const EXECUTE_AND_SYNC = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0x53, 0, 0, 0, 4]);
const BIND = 0x42;

/** All parameters and results as text, but bytes (manual, section 54.7, Bind). */
export function bindAndExecute(name: string, values: readonly Parameter[]): Buffer {
  const texts = values.map((value) => (value === null || value instanceof Uint8Array ? value : String(value)));
  const message = Buffer.allocUnsafe(FRAME + name.length + texts.reduce((sum, text) => sum + mostBytes(text), 0));
  message[0] = BIND;
  message[5] = 0;
  let at = 6 + message.write(name, 6, 'latin1');
  message[at++] = 0;
  at = message.writeInt16BE(values.length, at);
  for (const text of texts) at = message.writeInt16BE(text instanceof Uint8Array ? 1 : 0, at);
  at = message.writeInt16BE(values.length, at);
  for (const text of texts) at = writeValue(message, text, at);
  at = message.writeInt16BE(1, at);
  at = message.writeInt16BE(0, at);
  message.writeInt32BE(at - 1, 1);
  at += EXECUTE_AND_SYNC.copy(message, at);
  return message.subarray(0, at);
}

/** Everything but the name and the values. */
const FRAME = 1 + 4 + 1 + 1 + 2 + 2 + 4 + EXECUTE_AND_SYNC.length;

/** Longer texts are measured: room that is not needed would cost more. */
const SHORT = 1_000;

/** With format and length; UTF-8 takes three bytes at most for each unit of a text. */
function mostBytes(text: string | Uint8Array | null): number {
  if (text === null) return 6;
  if (typeof text !== 'string') return 6 + text.length;
  return 6 + (text.length < SHORT ? text.length * 3 : Buffer.byteLength(text));
}

/** @returns where it ends */
function writeValue(message: Buffer, text: string | Uint8Array | null, at: number): number {
  const start = at + 4;
  if (text === null) return message.writeInt32BE(-1, at);
  let length = text.length;
  if (typeof text === 'string') length = message.write(text, start);
  else message.set(text, start);
  message.writeInt32BE(length, at);
  return start + length;
}
