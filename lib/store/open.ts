import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { Mutex } from 'async-mutex';
import { config } from '#lib/config.ts';
import { processWide } from '#lib/core/process-wide.ts';
import { PrismaClient } from './generated/client.ts';
import type { Prisma } from './generated/client.ts';

/** What a transaction hands to its function: the store, inside it. */
export type Tx = Prisma.TransactionClient;

/** What is open once per process: the client, the one connection's queue, and which transaction the present call is in. */
export type OpenStore = {
  base: PrismaClient;
  /** the client that {@link import('./store.ts').store} answers outside a transaction */
  queued: Tx;
  queue: Mutex;
  inside: AsyncLocalStorage<{ tx: Tx; open: boolean }>;
};

const BUSY_TIMEOUT_MS = 5_000;

/** The SQLite adapter with the settings of the store: every connection gets them, before its first query. */
export function sqliteAdapter(file: string): PrismaBetterSqlite3 {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const factory = new PrismaBetterSqlite3({ url: file, timeout: BUSY_TIMEOUT_MS });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    await adapter.executeScript(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;',
    );
    return adapter;
  };
  return factory;
}

const slot = (): { open: OpenStore | undefined } => processWide('store', () => ({ open: undefined }));

/** The open store; opened (not migrated) by the first call. */
export function openStore(): OpenStore {
  return (slot().open ??= open());
}

/** Closes the store when it is open; the next use opens it again. */
export async function closeStore(): Promise<void> {
  const { open } = slot();
  slot().open = undefined;
  await open?.queue.runExclusive(() => open.base.$disconnect());
}

function open(): OpenStore {
  const base = new PrismaClient({ adapter: sqliteAdapter(config().storeFile), errorFormat: 'minimal' });
  const queue = new Mutex();
  const inside: OpenStore['inside'] = new AsyncLocalStorage();
  const queued = base.$extends({
    query: {
      // SQLite has one connection: whatever ran beside an open transaction would become part of it
      $allOperations({ args, query }) {
        if (inside.getStore()?.open) {
          throw new Error('a client taken outside a transaction was used inside it: use the transaction’s own');
        }
        return queue.runExclusive(() => query(args));
      },
    },
  });
  return { base, queued: queued as unknown as Tx, queue, inside };
}
