import { expect, test } from 'vitest';
import { outgoingAddress } from './outgoing-address.ts';

test('this machine reaches itself from itself', async () => {
  expect(await outgoingAddress('127.0.0.1')).toBe('127.0.0.1');
  expect(await outgoingAddress('127.3.2.1')).toBe('127.0.0.1');
});

test('where there is no way, there is no address', async () => {
  expect(await outgoingAddress('255.255.255.255')).toBe(null);
});

test('no socket stays', async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((each) => each.startsWith('UDP')).length;
  await Promise.all(Array.from({ length: 20 }, () => outgoingAddress('127.0.0.1')));
  await expect.poll(sockets).toBe(0);
});
