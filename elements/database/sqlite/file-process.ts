/**
 * The process that alone holds a database file open. SQLite runs inside its caller: here a long statement stops nobody,
 * and ending this process ends the statement. Started by `client.ts`; ends when the portal does.
 */
import { Socket } from 'node:net';
import { FileConnection } from './file-connection.ts';
import { encode, encodeBody, FrameReader } from './frames.ts';
import type { Answer, Body, Message, Request } from './protocol.ts';
import { KnownTexts } from './sent-texts.ts';

const NOTHING: Answer = { columns: [], rows: [], affected: 0 };
/** Answers wait for each other at most this long, in ms. */
const TOGETHER_MS = 1;
let connection: FileConnection | null = null;

const portal = new Socket({ fd: 3 });
const reader = new FrameReader<Message>();
const texts = new KnownTexts();

portal.on('data', (chunk: Buffer) => {
  const messages = reader.push(chunk) as Message[];
  let replies: Buffer[] = [];
  let since = performance.now();
  const send = () => {
    portal.write(replies.length === 1 ? replies[0]! : Buffer.concat(replies));
    replies = [];
    since = performance.now();
  };
  for (let at = 0; at < messages.length;) {
    const { id, request } = messages[at]!;
    const answered = isWrite(messages[at]!)
      ? writtenTogether(writesFrom(messages, at))
      : [reply(id, () => work(request))];
    replies.push(...answered);
    at += answered.length;
    if (performance.now() - since > TOGETHER_MS) send();
  }
  if (replies.length) send();
});
portal.on('error', () => process.exit(0));
portal.on('close', () => process.exit(0));

const isWrite = ({ request }: Message) => request.op === 'write' || request.op === 'batch';

function writesFrom(messages: Message[], start: number): Message[] {
  const end = messages.findIndex((message, at) => at > start && !isWrite(message));
  return messages.slice(start, end < 0 ? messages.length : end);
}

/** @returns answers to the first of them, at least one */
function writtenTogether(messages: Message[]): Buffer[] {
  const results = open().together(
    messages.map(
      ({ request }) =>
        () =>
          work(request),
    ),
  );
  return results.map((result, at) =>
    reply(messages[at]!.id, () => {
      if (result instanceof Error) throw result;
      return result;
    }),
  );
}

function reply(id: number, result: () => Body | Answer): Buffer {
  try {
    const found = result();
    return 'body' in found ? encodeBody({ id, ...found }) : encode({ id, answer: found }, false);
  } catch (error) {
    const { code = 'OTHER', message } = error as Error & { code?: string };
    return encode({ id, failure: { code, message } }, true);
  }
}

function work(request: Request): Body | Answer {
  switch (request.op) {
    case 'open':
      connection = new FileConnection(request);
      return connection.run('select sqlite_version() as version', []);
    case 'run':
      return open().run(request.sql, request.parameters);
    case 'select':
    case 'write':
      return open()[request.op](texts.read(request.sql), request.parameters);
    case 'batch':
      return open().batch(request.statements);
    case 'lock':
      return { ...NOTHING, affected: open().lock(request.waitMs) ? 1 : 0 };
    default:
      open()[request.op]();
      return NOTHING;
  }
}

function open(): FileConnection {
  if (!connection) throw new Error('the file is not open');
  return connection;
}
