'use client';
import { createContext, use } from 'react';
import type { ConnectionRow } from '#lib/http/api.ts';

/** What the page around the list lends to it: the workbench of one app, or the page over all apps. */
export type ConnectionsHost = {
  /** whose last tests are shown; null: the newest of all */
  environment: string | null;
  mayEdit: boolean;
  /** several apps: each row says which is its own */
  showApp: boolean;
  hrefOf: (app: string, view: string, search?: string) => string;
  open: (app: string, view: string, search?: string) => void;
  addDatabase: (row: ConnectionRow) => void;
  /** @throws RequestFailure */
  clone: (row: ConnectionRow, to: string) => Promise<void>;
  /** @throws RequestFailure */
  remove: (row: ConnectionRow) => Promise<void>;
  /** asks for the list again */
  reload: () => Promise<unknown>;
};

export const HostContext = createContext<ConnectionsHost | null>(null);

export function useConnectionsHost(): ConnectionsHost {
  const host = use(HostContext);
  if (!host) throw new Error('used outside a list of connections');
  return host;
}

/** Tests in this environment where none is chosen: every app has it. */
export const TESTED_IN = 'development';
