import { expect, test } from 'vitest';
import { processWide } from './process-wide.ts';

test('is made once, and shared by every copy of the module', async () => {
  const copy = './process-wide.ts?copy';
  const other = ((await import(copy)) as { processWide: typeof processWide }).processWide;
  expect(other).not.toBe(processWide);
  const made = processWide('test-of-process-wide', () => ({ by: 'the first' }));
  expect(other('test-of-process-wide', () => ({ by: 'the second' }))).toBe(made);
  expect(other('test-of-process-wide-2', () => ({ by: 'the second' }))).not.toBe(made);
});
