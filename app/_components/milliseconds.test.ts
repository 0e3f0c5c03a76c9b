import { expect, it } from 'vitest';
import { milliseconds } from './milliseconds.ts';

it('rounds to what matters', () => {
  expect([0, 0.57, 9.96, 84.4, 351.35, 1_249].map(milliseconds)).toEqual([
    '0 ms',
    '0.6 ms',
    '10 ms',
    '84 ms',
    '351 ms',
    '1.2 s',
  ]);
});
