import type { DeploymentDetail } from '#lib/http/api.ts';
import type { Lease } from './lease.ts';
import type { Run } from './run.ts';

/** A run that may change something: it has a record and holds the environment's lease. */
export type DeployRun = Run & {
  kind: 'deploy' | 'rollback';
  deploymentId: string;
  lease: Lease;
  /** keeps what was done per database */
  outcome(done: DeploymentDetail['outcome']): Promise<void>;
  /** run when the run ends, however it ends, before its sessions are closed */
  atEnd(work: () => Promise<void>): void;
};
