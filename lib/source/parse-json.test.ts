import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

const SECRET = 'hunter2-canary';
const messageOf = (text: string): string => {
  const parsed = parseJson(text);
  if (parsed.ok) throw new Error('expected a fault');
  return parsed.message;
};

describe('what is wrong with a file', () => {
  it.each([
    `{"password": ${SECRET}}`,
    SECRET,
    `{"password": "${SECRET}" "x"}`,
    `{"password": "${SECRET}`,
    `{"password": "${SECRET}\n"}`,
    `{"host": "${'x'.repeat(200)}", "password": ${SECRET}, "port": 1${' '.repeat(100)}}`,
  ])('is told without repeating the file: %s', (text) => {
    for (let from = 0; from < SECRET.length - 4; from++) {
      expect(messageOf(text)).not.toContain(SECRET.slice(from, from + 5));
    }
  });

  it('is told with its line', () => {
    expect(messageOf('{\n"a": 1,\n"b": nope\n}')).toBe('expected JSON: unexpected text in line 3');
  });
});
