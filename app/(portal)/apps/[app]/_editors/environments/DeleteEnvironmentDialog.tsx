'use client';
import { ConfirmByTyping } from '#app/_components/ConfirmByTyping.tsx';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { environmentPath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';

export function DeleteEnvironmentDialog({
  environment,
  onClose,
}: {
  environment: EnvironmentRow;
  onClose: () => void;
}) {
  const { app, setEnvironment } = useWorkbench();
  const { environment: chosen } = useWorkbenchState();
  const refresh = useRefresh(app);
  const { say } = useToasts();
  const { name } = environment;
  return (
    <ConfirmByTyping
      title={`Delete ${name}`}
      name={name}
      submit="Delete the environment"
      onClose={onClose}
      onConfirm={async () => {
        await request(`${environmentPath(app, name)}?confirm=${encodeURIComponent(name)}`, { method: 'DELETE' });
        if (chosen === name) setEnvironment('development');
        await refresh();
        say(`${name} is deleted; its SQLite files are in the trash folder.`);
      }}
    >
      Its values, releases and tokens go, and its data API stops answering. Databases on servers are not touched; its
      SQLite files move to the trash folder.
    </ConfirmByTyping>
  );
}
