/** Ways to bring about, on purpose, each thing that a test of a connection can find. */
import type { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import type { Resolver } from '#lib/connections/look-up.ts';
import type { MISSING_RIGHTS, TEST_WARNINGS } from '#lib/connections/test/test-causes.ts';
import type { TestStageName } from '#lib/http/api.ts';
import type { FieldTree } from '#lib/source/source.ts';

export type Cause = keyof typeof CONNECT_CAUSES | keyof typeof MISSING_RIGHTS | keyof typeof TEST_WARNINGS;

/** What differs from an element and a server that are in order. */
export type Provoked = {
  fields?: FieldTree;
  /** in place of the password that is right */
  password?: string;
  /** PEM of the variable CLIENT_KEY */
  clientKey?: string;
  resolver?: Resolver;
  /** the portal's clock is so far ahead */
  clockMs?: number;
  inProtected?: boolean;
  /** where it shows, if later than the table says: what was behind already stays good */
  at?: TestStageName;
  undo?: () => unknown;
};

/** An element that is in order, on servers of its own. */
export type Lab = {
  databaseType: string;
  fields: FieldTree;
  password: string;
  /** of the portal: where files lie */
  home: string;
  stop(): Promise<void>;
};

export type Provocations<L extends Lab> = {
  start(): Promise<L>;
  /** a text: why this engine never shows it */
  causes: Record<Cause, ((lab: L) => Promise<Provoked> | Provoked) | string>;
};

export const CLIENT_KEY = 'CLIENT_KEY';
