import type { Change, Statement } from '#elements/database/schema.ts';
import type { Reason } from '#lib/core/errors.ts';

export const STAGES = [
  'freeze',
  'variables',
  'policy',
  'connect',
  'plan',
  'approve',
  'migrate',
  'verify',
  'activate',
] as const;
export type StageName = (typeof STAGES)[number];
export type StageState = 'running' | 'ok' | 'warning' | 'failed' | 'skipped';

/** Why a change deserves a second look; `count` is measured on the live database. */
export type Risk = {
  kind:
    'drop-table' | 'drop-column' | 'narrowing' | 'not-null' | 'unique' | 'rewrite' | 'lock' | 'primary-key' | 'rename';
  /** rows concerned; null: not counted */
  count: number | null;
  message: string;
};

export type PlannedChange = {
  change: Change;
  statements: Statement[];
  risks: Risk[];
  /** destructive ones run after all additive ones of all databases, and need consent */
  phase: 'additive' | 'destructive';
  /** the model it comes from, fullName; null for a model that is gone */
  model: string | null;
};

export type PlannedDatabase = {
  /** fullName of the database element */
  element: string;
  engine: string;
  /** target as people know it, e.g. `db.example.com:5432/shop (public)`; no secret */
  target: string;
  /** the server's own identity, database and schema */
  identity: string;
  /** hash of the live schema of the tables this app names */
  fingerprint: string;
  transactional: boolean;
  changes: PlannedChange[];
  /** tables and columns that no release named: left alone, shown */
  drift: { table: string; column?: string; message: string }[];
  notes: string[];
};

export type Plan = {
  release: string;
  environment: string;
  /** covers release, environment, targets, identities, fingerprints and every statement */
  hash: string;
  databases: PlannedDatabase[];
  /** number of changes over all databases */
  changes: number;
  needsConsent: boolean;
};

/** What a deploy has found so far: reasons refuse it, warnings do not. */
export type Findings = { reasons: Reason[]; warnings: Reason[] };
