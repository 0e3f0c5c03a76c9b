import { expect, test } from 'vitest';
import { errorPacket, greeting } from '#test/support/mysql-imposter.ts';
import { whoAnswers } from './who-answers.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

test.each<[string, Buffer]>([
  ['HTTP answers there', latin('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['SSH answers there', latin('SSH-2.0-OpenSSH_9.2\r\n')],
  ['a server that wants TLS from the first byte answers there, as HTTPS does', latin('\x15\x03\x01\0\x02\x02\x28')],
  ['a MySQL server answers there', greeting({ version: '8.4.3' })],
  ['a MariaDB server answers there', greeting({ version: '10.11.6-MariaDB' })],
  ['a MySQL server answers there', errorPacket(0, 1130, "Host '10.0.0.1' is not allowed to connect")],
  ['a PostgreSQL server answers there', latin('E\0\0\0\x30SFATAL\0VFATAL\0C0A000\0Munsupported\0\0')],
  ['a PostgreSQL server answers there', latin('R\0\0\0\x0c\0\0\0\x05salt')],
  ['a PostgreSQL server answers there', latin('S')],
  ['a SQL Server answers there', latin('\x04\x01\x00\x2b\0\0\x01\0')],
  ['an Oracle listener answers there', latin('\0\x61\0\0\x04\0\0\0\x22\0\0\x55(DESCRIPTION=')],
  ['Redis answers there', latin("-ERR unknown command ''\r\n")],
  ['a mail or FTP server answers there', latin('220 mail.example.com ESMTP\r\n')],
  ['it said "x..y"', latin('x\0\xffy')],
  ['it said ""', Buffer.alloc(0)],
])('%s', (who, bytes) => {
  expect(whoAnswers(bytes)).toBe(who);
});

test('what it said is short', () => {
  expect(whoAnswers(Buffer.alloc(70_000, 'a')).length).toBeLessThan(60);
});
