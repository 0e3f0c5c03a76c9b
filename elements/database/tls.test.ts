import { X509Certificate } from 'node:crypto';
import { checkServerIdentity } from 'node:tls';
import { expect, it } from 'vitest';
import { createAuthority } from '#test/support/certificates.ts';
import { namesInstead } from './tls.ts';

const { issue } = await createAuthority();

/** What Node says of a certificate for `names` when it stands for `host`. */
async function refusal(host: string, names: string[]): Promise<string> {
  const { cert } = await issue({ commonName: 'server', names });
  return checkServerIdentity(host, new X509Certificate(cert).toLegacyObject())?.message ?? '';
}

it('reads the names of a certificate out of what Node says of it', async () => {
  expect(namesInstead(await refusal('db.test', ['elsewhere.test', '127.0.0.1']))).toEqual([
    'elsewhere.test',
    '127.0.0.1',
  ]);
  expect(namesInstead(await refusal('127.0.0.2', ['127.0.0.1']))).toEqual(['127.0.0.1']);
  // a pattern is no name that a server could be called by
  expect(namesInstead(await refusal('db.test', ['*.elsewhere.test']))).toEqual([]);
  expect(namesInstead('anything else')).toEqual([]);
});
