/**
 * The process that alone holds a database file open. SQLite runs inside its caller: here a long statement stops nobody,
 * and ending this process ends the statement. Started by `client.ts`; ends when the portal does.
 */
import { FileConnection } from './file-connection.ts';
import type { Answer, Message, Reply, Request } from './protocol.ts';

const NOTHING: Answer = { columns: [], rows: [], affected: 0 };
let connection: FileConnection | null = null;

process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, request }: Message) => process.send?.(replyTo(id, request)));

function replyTo(id: number, request: Request): Reply {
  try {
    return { id, answer: answer(request) };
  } catch (error) {
    const { code = 'OTHER', message } = error as Error & { code?: string };
    return { id, failure: { code, message } };
  }
}

function answer(request: Request): Answer {
  if (request.op === 'open') {
    connection = new FileConnection(request);
    return connection.run('select sqlite_version() as version', []);
  }
  if (!connection) throw new Error('the file is not open');
  switch (request.op) {
    case 'run':
      return connection.run(request.sql, request.parameters);
    case 'batch':
      return connection.batch(request.statements);
    case 'lock':
      return { ...NOTHING, affected: connection.lock(request.waitMs) ? 1 : 0 };
    default:
      connection[request.op]();
      return NOTHING;
  }
}
