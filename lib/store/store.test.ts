import Database from 'better-sqlite3';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '#lib/config.ts';
import { ownStore } from '#test/support/store.ts';
import { holdLock } from './hold-lock.ts';
import { migrateStore } from './migrate.ts';
import { newId } from './new-id.ts';
import { closeStore } from './open.ts';
import { migrationList, prismaSchema, withSchemaEngine } from './schema-engine.ts';
import { store, transaction } from './store.ts';

const own = ownStore();
const run = promisify(execFile);
beforeAll(own.ready);
afterAll(own.remove);
beforeEach(() => store().setting.deleteMany());

const keys = async () => (await store().setting.findMany()).map(({ key }) => key);
const write = (key: string, value = '') => store().setting.create({ data: { key, value } });
const turns = async (count: number) => {
  for (let n = 0; n < count; n++) await new Promise((done) => setImmediate(done));
};

describe('store', () => {
  it('has the settings that durability asks for', async () => {
    const read = async (pragma: string) =>
      Object.values((await store().$queryRawUnsafe<[object]>(`PRAGMA ${pragma}`))[0]);
    expect(await read('journal_mode')).toEqual(['wal']);
    expect((await read('synchronous')).map(Number)).toEqual([2]);
    expect((await read('foreign_keys')).map(Number)).toEqual([1]);
  });

  it('keeps nothing of a transaction that throws, and all of what others wrote while it was open', async () => {
    let enter = () => {};
    const entered = new Promise<void>((open) => (enter = open));
    const failing = transaction(async (tx) => {
      await tx.setting.create({ data: { key: 'inside', value: '' } });
      enter();
      await turns(20);
      throw new Error('no');
    });
    const beside = entered.then(() => write('beside'));
    await expect(failing).rejects.toThrow('no');
    await beside;
    expect(await keys()).toEqual(['beside']);
  });

  it('neither loses nor mixes anything in 200 interleaved transactions and plain writes', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, async (_, n) => {
        // so that plain writes are asked for while transactions are open
        await turns(n * 2);
        if (n % 2 === 0) return write(`plain-${n}`);
        return transaction(async (tx) => {
          await tx.setting.create({ data: { key: `first-${n}`, value: '' } });
          await turns(3);
          await tx.setting.create({ data: { key: `second-${n}`, value: '' } });
          if (n % 5 === 0) throw new Error('rolled back');
        });
      }),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    const found = await keys();
    expect(found.filter((key) => key.startsWith('plain-'))).toHaveLength(100);
    expect(found.filter((key) => key.startsWith('first-'))).toHaveLength(80);
    expect(found.filter((key) => key.startsWith('second-'))).toHaveLength(80);
  });

  it('does not lose an update that was read and written in a transaction', async () => {
    await write('count', '0');
    const where = { key: 'count' };
    await Promise.all(
      Array.from({ length: 200 }, () =>
        transaction(async (tx) => {
          const { value } = await tx.setting.findUniqueOrThrow({ where });
          await turns(1);
          await tx.setting.update({ where, data: { value: String(Number(value) + 1) } });
        }),
      ),
    );
    expect((await store().setting.findUniqueOrThrow({ where })).value).toBe('200');
  });

  it('answers the transaction’s own client inside it, and joins a nested one', async () => {
    await expect(
      transaction(async () => {
        await write('outer');
        await transaction((tx) => tx.setting.create({ data: { key: 'inner', value: '' } }));
        expect((await keys()).sort()).toEqual(['inner', 'outer']);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await keys()).toEqual([]);
  });

  it('refuses a client from outside inside a transaction, instead of waiting for itself', async () => {
    const outside = store();
    await expect(transaction(() => outside.setting.count())).rejects.toThrow('inside it');
  });

  it('lets work that a transaction started go on after it', async () => {
    let later: Promise<unknown> = Promise.resolve();
    let go = () => {};
    const gate = new Promise<void>((open) => (go = open));
    await transaction(async () => {
      later = gate.then(() => write('later'));
    });
    go();
    await later;
    expect(await keys()).toEqual(['later']);
  });

  it('migrates once, and is the same store after it was closed', async () => {
    await write('kept');
    await closeStore();
    expect(await migrateStore()).toEqual([]);
    expect(await keys()).toEqual(['kept']);
    expect(readdirSync(own.home)).toContain('store.db');
  });

  it('has migrations that lead to its schema', async () => {
    const { stdout } = await withSchemaEngine(':memory:', (engine) =>
      engine.diff({
        from: { tag: 'migrations', ...migrationList() },
        to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: prismaSchema() }] },
        script: true,
        exitCode: null,
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
    expect(stdout).toContain('This is an empty migration');
  });

  it('is one for every copy of its module in this process', async () => {
    const copy = (await import(/* @vite-ignore */ `${import.meta.dirname}/store.ts?copy`)) as { store: typeof store };
    expect(copy.store).not.toBe(store);
    expect(copy.store()).toBe(store());
    await expect(
      transaction(async () => {
        await copy.store().setting.create({ data: { key: 'through the copy', value: '' } });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await keys()).toEqual([]);
  });

  it('is not touched when a newer version made it', async () => {
    const file = `${own.home}/newer.db`;
    await migrateStore(file);
    const database = new Database(file);
    database.exec(`UPDATE _prisma_migrations SET migration_name = '29990101000000_later'`);
    database.close();
    await expect(migrateStore(file)).rejects.toThrow('newer Mooring');
  });

  it('is migrated by one of several processes that start together', async () => {
    const code = `import { migrateStore } from '#lib/store/migrate.ts'; console.log((await migrateStore(process.argv[1])).length)`;
    const start = () =>
      run(process.execPath, ['--input-type=module', '-e', code, `${own.home}/other.db`], { cwd: PROJECT_ROOT });
    const counts = (await Promise.all([start(), start(), start()])).map(({ stdout }) => Number(stdout));
    expect(counts.sort()).toEqual([0, 0, 1]);
  });
});

describe('holdLock', () => {
  it('is one holder’s at a time, and free again at once', async () => {
    const file = `${own.home}/lock`;
    const release = await holdLock(file, 0);
    expect(await holdLock(file, 60)).toBe(null);
    const waiting = holdLock(file, 5_000);
    release?.();
    const next = await waiting;
    expect(next).not.toBe(null);
    next?.();
  });
});

describe('newId', () => {
  it('says what it is, is never the same, and sorts by age', async () => {
    const ids = Array.from({ length: 1_000 }, () => newId('e'));
    expect(new Set(ids).size).toBe(1_000);
    expect(ids[0]).toMatch(/^e_[0-9a-hjkmnp-z]{21}$/);
  });
});
