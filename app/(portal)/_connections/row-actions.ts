'use client';
import { createContext } from 'react';
import type { ConnectionRow } from '#lib/http/api.ts';

export type RowDialog = { kind: 'clone' | 'delete'; row: ConnectionRow };

/** What a row of the list asks the list for. */
export const RowActions = createContext<{
  test: (row: ConnectionRow) => void;
  /** stages done so far of the test that runs, by {@link rowKey} */
  running: ReadonlyMap<string, number>;
  dialog: (dialog: RowDialog) => void;
}>({ test: () => {}, running: new Map(), dialog: () => {} });

export const rowKey = ({ app, id }: ConnectionRow): string => `${app} ${id}`;
