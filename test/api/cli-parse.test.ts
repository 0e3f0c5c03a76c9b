// `mooring parse`: a connection text on standard input, without a portal.
import { describe, expect, it } from 'vitest';
import { mooring } from '#test/support/mooring.ts';

type Failure = { error: { code: string; message: string; reasons: unknown[] } };

/** nothing listens there */
const shell = mooring({ url: 'http://127.0.0.1:1' });
const TEXT = 'postgres://app:Zq7xKw@db.example.com:5433/shop?sslmode=require&sslcert=/c.pem&pgbouncer=true';

describe('mooring parse', () => {
  it('prints one document, the secret masked', async () => {
    const { exit, stderr, stdout, document } = await shell.json(['parse'], `${TEXT}\n`);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('Zq7xKw');
    expect(document).toEqual({
      engine: 'postgresql',
      fields: {
        host: 'db.example.com',
        port: 5433,
        user: 'app',
        password: '[secret]',
        database: 'shop',
        'tls.mode': 'require',
      },
      ignored: ['pgbouncer'],
      refused: [{ key: 'sslcert', why: 'a path to a file; certificates and keys are given as text' }],
    });
  });

  it('prints lines for people', async () => {
    const { exit, stdout } = await shell.run(['parse'], { input: TEXT });
    expect(exit).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'URL of postgresql',
      '',
      'Field     Value',
      'host      db.example.com',
      'port      5433',
      'user      app',
      'password  [secret]',
      'database  shop',
      'tls.mode  require',
      '',
      'Ignored',
      '  · pgbouncer',
      '',
      'Refused',
      '  ✗ sslcert: a path to a file; certificates and keys are given as text',
      '',
    ]);
  });

  it('reads blocks of several lines, and lets --engine decide where several fit', async () => {
    const block = '# shop\nDB_HOST=db\nDB_PASSWORD="p # w"\nDB_NAME=shop\n';
    const { document } = await shell.json(['parse', '--engine', 'mysql'], block);
    expect(document).toMatchObject({
      engine: 'mysql',
      fields: { host: 'db', password: '[secret]', database: 'shop' },
    });
    expect((await shell.run(['parse'], { input: block })).exit).toBe(2);
  });

  it.each([
    ['a text of no known form', ['parse'], 'hello there', 'none of the forms'],
    ['an empty text', ['parse'], '', 'A connection text is expected'],
    ['a half-typed text', ['parse'], 'postgres://app:Zq7xKw', 'is no port'],
    ['a text of another engine', ['parse', '--engine', 'mysql'], TEXT, 'Expected a text of mysql'],
    ['an unknown engine', ['parse', '--engine', 'mongodb'], TEXT, 'as --engine'],
  ])('refuses %s as a whole', async (_name, args, input, says) => {
    const { exit, stdout, stderr, document } = await shell.json<Failure>(args, input);
    expect([exit, document.error.code, document.error.reasons, stderr]).toEqual([2, 'wrong-input', [], '']);
    expect(document.error.message).toContain(says);
    expect(stdout).not.toContain('Zq7xKw');
    const plain = await shell.run(args, { input });
    expect([plain.exit, plain.stdout]).toEqual([2, '']);
    expect(plain.stderr).toContain(says);
  });
});
