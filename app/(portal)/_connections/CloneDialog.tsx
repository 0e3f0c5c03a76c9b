'use client';
import type { ConnectionRow } from '#lib/http/api.ts';
import { useOverview } from '../apps/[app]/_data/use-app-data.ts';
import { PlaceDialog } from '../apps/[app]/_workbench/PlaceDialog.tsx';
import { freeName } from '../apps/[app]/_workbench/tree-nodes.ts';
import { useConnectionsHost } from './connections-host.ts';

/** Asks where the copy goes. It refers to the same variables; no secret is copied, and none may go anywhere new. */
export function CloneDialog({ row, onClose }: { row: ConnectionRow; onClose: () => void }) {
  const { clone } = useConnectionsHost();
  const { data } = useOverview(row.app);
  if (!data) return null;
  const path = row.fullName.split('.');
  const name = path.pop() ?? '';
  const folder = path.join('.');
  return (
    <PlaceDialog
      title={`Clone ${name}`}
      submit="Clone"
      family="connections"
      folder={folder}
      name={freeName(data.elements, folder, name)}
      elements={data.elements}
      onClose={onClose}
      onSubmit={(to) => clone(row, to)}
    />
  );
}
