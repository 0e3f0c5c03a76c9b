import { describe, expect, it } from 'vitest';
import { type NamedAnswer, NamedQuery, bindAndExecute } from './named-query.ts';

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const message = (kind: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);
};
const value = (text: string | null) =>
  text === null ? int32(-1) : Buffer.concat([int32(Buffer.byteLength(text)), Buffer.from(text)]);
const row = (...texts: (string | null)[]) =>
  message('D', Buffer.from([0, texts.length]), ...texts.map((text) => value(text)));
const bound = message('2');
const done = (tag: string) => message('C', Buffer.from(`${tag}\0`));
const ready = (state = 'I') => message('Z', Buffer.from(state));

const fields = [
  { name: 'body', parse: (text: string) => text },
  { name: 'rows', parse: Number },
];

function query() {
  const answers: NamedAnswer[] = [];
  const errors: Error[] = [];
  const made = new NamedQuery(
    'm1',
    [],
    fields,
    (answer) => answers.push(answer),
    (error) => errors.push(error),
  );
  return { made, answers, errors };
}

describe('a whole answer in one chunk', () => {
  it('is read: rows, nulls, command and the state of the transaction', () => {
    const { made, answers } = query();
    const chunk = Buffer.concat([bound, row('{"a":"ü"}', '3'), row(null, '0'), done('SELECT 2'), ready('T')]);
    expect(made.takeWhole(chunk)).toBe('T');
    expect(answers).toEqual([]);
    made.handleReadyForQuery();
    const rows = [
      { body: '{"a":"ü"}', rows: 3 },
      { body: null, rows: 0 },
    ];
    expect(answers).toEqual([{ rows, affected: 2, command: 'SELECT' }]);
  });

  it.each([
    ['INSERT 0 1', 'INSERT', 1],
    ['UPDATE 12', 'UPDATE', 12],
    ['BEGIN', 'BEGIN', 0],
  ])('%s', (tag, command, affected) => {
    const { made, answers } = query();
    made.takeWhole(Buffer.concat([bound, done(tag), ready()]));
    made.handleReadyForQuery();
    expect(answers).toEqual([{ rows: [], affected, command }]);
  });
});

describe('what is left to the driver', () => {
  const whole = Buffer.concat([bound, row('{}', '1'), done('SELECT 1'), ready()]);
  const cases: Record<string, Buffer> = {
    'an error': Buffer.concat([message('E', Buffer.from('SERROR\0\0')), ready()]),
    'a notice before it': Buffer.concat([message('N', Buffer.from('SNOTICE\0\0')), whole]),
    'a notice in the middle': Buffer.concat([
      bound,
      message('N', Buffer.from('SNOTICE\0\0')),
      done('SELECT 0'),
      ready(),
    ]),
    'something behind it': Buffer.concat([whole, message('S', Buffer.from('TimeZone\0UTC\0'))]),
    'two answers': Buffer.concat([whole, whole]),
  };
  it.each(Object.keys(cases))('%s', (name) => {
    const { made, answers } = query();
    expect(made.takeWhole(cases[name]!)).toBeNull();
    expect(answers).toEqual([]);
  });

  it('an answer that is cut at any place, which then comes through the parts that the driver hands on', () => {
    for (let end = 0; end < whole.length; end++) {
      expect(query().made.takeWhole(whole.subarray(0, end)), `${end} bytes`).toBeNull();
    }
    const { made, answers } = query();
    made.handleDataRow({ fields: ['{}', null] });
    made.handleCommandComplete({ text: 'SELECT 1' });
    made.handleReadyForQuery();
    expect(answers).toEqual([{ rows: [{ body: '{}', rows: null }], affected: 1, command: 'SELECT' }]);
  });
});

it('binds texts, nulls and bytes', () => {
  const bytes = bindAndExecute('m7', ['ä', null, 5, true, Uint8Array.of(1, 2)]);
  const bind = message(
    'B',
    Buffer.from('\0m7\0'),
    Buffer.from([0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 5]),
    value('ä'),
    value(null),
    value('5'),
    value('true'),
    value('\u0001\u0002'),
    Buffer.from([0, 1, 0, 0]),
  );
  const execute = message('E', Buffer.from('\0'), int32(0));
  expect(bytes).toEqual(Buffer.concat([bind, execute, message('S')]));
});
