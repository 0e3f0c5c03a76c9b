/** The first bytes of a server, looked at before the driver sees them, so that another protocol is known as such. */
import type { Socket } from 'node:net';
import { ConnectFailure } from '../contract.ts';
import { whoAnswers } from '../who-answers.ts';

/** PostgreSQL's SSLRequest (protocol 3.0, section 55.7): it and HTTP servers answer it; a silent port does not. */
const PROBE = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** A greeting is one packet: length (3 bytes), sequence number 0, then protocol 10 or an error. */
const HEADER_BYTES = 5;
const LONGEST_GREETING = 4096;

/**
 * Waits until the server has greeted, and leaves its bytes in the socket for the driver.
 * MySQL speaks first; PostgreSQL and HTTP wait for the client, so after `silentMs` one harmless question is asked.
 * @throws ConnectFailure `wrong-protocol` or `closed`
 */
export function awaitGreeting(socket: Socket, silentMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = false;
    let seen: Buffer = Buffer.alloc(0);
    const probe = setTimeout(() => {
      asked = true;
      socket.write(PROBE);
    }, silentMs);

    const end = (failure?: ConnectFailure) => {
      clearTimeout(probe);
      socket.off('data', onData).off('close', onClose);
      socket.pause();
      if (failure) return reject(failure);
      socket.unshift(seen);
      resolve();
    };
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      if (seen.length < HEADER_BYTES && !asked) return;
      if (!isGreeting(seen)) return end(new ConnectFailure('wrong-protocol', whoAnswers(seen)));
      const more = seen.length - HEADER_BYTES + 1 - seen.readUIntLE(0, 3);
      if (more < 0) return;
      // Whoever stands between could slip in packets that pass for those inside TLS (as in CVE-2011-0411 for STARTTLS).
      if (more > 0) return end(new ConnectFailure('wrong-protocol', 'it sent more than a greeting'));
      // The question has spoiled a greeting that came late after all.
      end(asked ? new ConnectFailure('login-timed-out', 'the server greeted too late') : undefined);
    };
    const onClose = () =>
      end(
        seen.length > 0 || asked
          ? new ConnectFailure('wrong-protocol', 'it closed the connection without a greeting')
          : new ConnectFailure('closed', 'it closed the connection before it greeted'),
      );
    socket.on('data', onData).on('close', onClose);
  });
}

function isGreeting(bytes: Buffer): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const length = bytes.readUIntLE(0, 3);
  return bytes[3] === 0 && (bytes[4] === 10 || bytes[4] === 255) && length > 0 && length <= LONGEST_GREETING;
}
