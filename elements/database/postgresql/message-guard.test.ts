import { expect, it } from 'vitest';
import { MessageGuard } from './message-guard.ts';

function message(kind: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

const good = Buffer.concat([
  message('Z', 'I'),
  message('E', 'SERROR\0C42P01\0\0'),
  message('1', ''),
  message('N', '\0\0'),
  message('D', 'SERROR'),
]);

it('lets whole messages through, however they are cut', () => {
  for (let size = 1; size <= good.length; size++) {
    const guard = new MessageGuard();
    for (let at = 0; at < good.length; at += size) guard.check(good.subarray(at, at + size));
  }
  expect(() => new MessageGuard().check(good)).not.toThrow();
});

it.each([
  ['an error without an end', message('E', 'Sno end')],
  ['an error with half an end', message('E', 'Sno end\0')],
  ['a notice without an end', message('N', 'x')],
  ['an empty error', message('E', '')],
  ['a length of nothing', Buffer.from([0x5a, 0, 0, 0, 0])],
])('refuses %s, however it is cut', (_name, bad) => {
  for (let size = 1; size <= bad.length; size++) {
    const guard = new MessageGuard();
    const feed = () => {
      for (let at = 0; at < bad.length; at += size) guard.check(bad.subarray(at, at + size));
    };
    expect(feed).toThrow(/of the server/);
  }
});
