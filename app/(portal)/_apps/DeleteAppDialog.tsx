'use client';
import { ConfirmByTyping } from '#app/_components/ConfirmByTyping.tsx';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { AppRow } from '#lib/http/api.ts';

export function DeleteAppDialog({
  app,
  onClose,
  onDeleted,
}: {
  app: AppRow;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { say } = useToasts();
  return (
    <ConfirmByTyping
      title={`Delete ${app.title || app.name}`}
      name={app.name}
      submit="Delete the app"
      onClose={onClose}
      onConfirm={async () => {
        await request(`/apps/${app.name}?confirm=${encodeURIComponent(app.name)}`, { method: 'DELETE' });
        say(`${app.name} is deleted; its SQLite files are in the trash folder.`);
        onDeleted();
      }}
    >
      Its elements, variables, values, releases and tokens go, and its data API stops answering. Databases on servers
      are not touched; SQLite files move to the trash folder.
    </ConfirmByTyping>
  );
}
