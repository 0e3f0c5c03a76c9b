/**
 * The port of a named instance, asked of SQL Server Browser ([MC-SQLR] section 2.2: CLNT_UCAST_INST and SVR_RESP). The
 * question goes to the checked address alone, and no other's answer is heard.
 */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { ConnectFailure } from '../contract.ts';

const BROWSER_PORT = 1434;
/** UDP loses packets: the question is asked again */
const ASK_AGAIN_MS = 500;
const QUESTION = 0x04;
const ANSWER = 0x05;
const HEADER_BYTES = 3;

/** @throws ConnectFailure `unknown-instance` */
export function lookUpInstance(
  ip: string,
  instance: string,
  signal: AbortSignal,
  browserPort = BROWSER_PORT,
): Promise<number> {
  const socket = createSocket(isIPv6(ip) ? 'udp6' : 'udp4');
  const question = Buffer.from(`${String.fromCharCode(QUESTION)}${instance}\0`, 'latin1');
  return new Promise<number>((resolve, reject) => {
    const end = (act: () => void) => {
      clearInterval(again);
      signal.removeEventListener('abort', late);
      socket.close();
      act();
    };
    const fail = (detail: string) => end(() => reject(new ConnectFailure('unknown-instance', detail)));
    const late = () => fail('no answer from SQL Server Browser');
    const ask = () => socket.send(question);
    const again = setInterval(ask, ASK_AGAIN_MS);
    socket.once('error', (error) => fail(error.message));
    socket.once('message', (message) => {
      const port = readAnswer(message, instance);
      if (port === null) fail('SQL Server Browser knows no such instance on TCP');
      else end(() => resolve(port));
    });
    signal.addEventListener('abort', late, { once: true });
    if (signal.aborted) late();
    else socket.connect(browserPort, ip, ask);
  });
}

/** `ServerName;DB1;InstanceName;SHOP;IsClustered;No;Version;16.0.1000.6;tcp;49157;;` → 49157; null: not in it */
export function readAnswer(message: Buffer, instance: string): number | null {
  if (message[0] !== ANSWER || message.length < HEADER_BYTES) return null;
  const text = message.subarray(HEADER_BYTES).toString('latin1');
  for (const each of text.split(';;')) {
    const words = each.split(';');
    const of = (key: string) => words.find((_, at) => at % 2 === 1 && words[at - 1]?.toLowerCase() === key);
    if (of('instancename')?.toLowerCase() !== instance.toLowerCase()) continue;
    const port = Number(of('tcp'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  }
  return null;
}
