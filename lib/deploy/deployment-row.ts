import type { Reason } from '#lib/core/errors.ts';
import type { DeploymentRow } from '#lib/http/api.ts';
import type { Tx } from '#lib/store/open.ts';

type Stored = {
  id: string;
  kind: string;
  state: string;
  releaseId: string | null;
  planHash: string | null;
  reasons: string;
  startedById: string | null;
  startedAt: Date;
  endedAt: Date | null;
};

/** A deployment as lists show it. */
export async function deploymentRow(tx: Tx, row: Stored): Promise<DeploymentRow> {
  const user = row.startedById
    ? await tx.user.findUnique({ where: { id: row.startedById }, select: { email: true } })
    : null;
  const release = row.releaseId
    ? await tx.release.findUnique({ where: { id: row.releaseId }, select: { number: true } })
    : null;
  return {
    id: row.id,
    kind: row.kind as DeploymentRow['kind'],
    state: row.state as DeploymentRow['state'],
    release: row.releaseId,
    releaseNumber: release?.number ?? null,
    planHash: row.planHash,
    by: user?.email ?? 'the system',
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    reasons: (JSON.parse(row.reasons) as Reason[]).length,
  };
}
