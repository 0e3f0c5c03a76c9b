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

/** Deployments as lists show them. */
export async function deploymentRows(tx: Tx, rows: Stored[]): Promise<DeploymentRow[]> {
  const users = await tx.user.findMany({
    where: { id: { in: rows.flatMap((row) => row.startedById ?? []) } },
    select: { id: true, email: true },
  });
  const releases = await tx.release.findMany({
    where: { id: { in: rows.flatMap((row) => row.releaseId ?? []) } },
    select: { id: true, number: true },
  });
  const emails = new Map(users.map((user) => [user.id, user.email]));
  const numbers = new Map(releases.map((release) => [release.id, release.number]));
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as DeploymentRow['kind'],
    state: row.state as DeploymentRow['state'],
    release: row.releaseId,
    releaseNumber: numbers.get(row.releaseId ?? '') ?? null,
    planHash: row.planHash,
    by: emails.get(row.startedById ?? '') ?? 'the system',
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    reasons: (JSON.parse(row.reasons) as Reason[]).length,
  }));
}

export async function deploymentRow(tx: Tx, row: Stored): Promise<DeploymentRow> {
  const [found] = await deploymentRows(tx, [row]);
  return found!;
}
