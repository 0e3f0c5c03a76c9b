/**
 * The process that alone holds a database file open. SQLite runs inside its caller: here a long statement stops nobody,
 * and ending this process ends the statement. Started by `client.ts`; ends when the portal does.
 */
import { Socket } from 'node:net';
import { FileConnection } from './file-connection.ts';
import { encode, encodeBody, FrameReader } from './frames.ts';
import type { Answer, Message, Request } from './protocol.ts';

const NOTHING: Answer = { columns: [], rows: [], affected: 0 };
let connection: FileConnection | null = null;

const portal = new Socket({ fd: 3 });
const reader = new FrameReader<Message>();
portal.on('data', (chunk: Buffer) => {
  let replies: Buffer[] = [];
  let since = performance.now();
  const send = () => {
    portal.write(replies.length === 1 ? replies[0]! : Buffer.concat(replies));
    replies = [];
    since = performance.now();
  };
  // written in one go, unless one of them takes its time
  for (const { id, request } of reader.push(chunk) as Message[]) {
    replies.push(replyTo(id, request));
    if (performance.now() - since > 1) send();
  }
  if (replies.length) send();
});
portal.on('error', () => process.exit(0));
portal.on('close', () => process.exit(0));

function replyTo(id: number, request: Request): Buffer {
  try {
    if (request.op !== 'select') return encode({ id, answer: answer(request) }, false);
    return encodeBody({ id, ...open().select(request.sql, request.parameters) });
  } catch (error) {
    const { code = 'OTHER', message } = error as Error & { code?: string };
    return encode({ id, failure: { code, message } }, true);
  }
}

function answer(request: Exclude<Request, { op: 'select' }>): Answer {
  switch (request.op) {
    case 'open':
      connection = new FileConnection(request);
      return connection.run('select sqlite_version() as version', []);
    case 'run':
      return open().run(request.sql, request.parameters);
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
