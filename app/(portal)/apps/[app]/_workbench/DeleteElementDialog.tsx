'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { ElementNode } from '#lib/http/api.ts';
import { DeleteConnectionDialog } from '../../../_connections/DeleteConnectionDialog.tsx';
import { useElement } from '../_data/use-app-data.ts';
import { useElementActions } from './use-element-actions.ts';
import { hrefOf } from './view.ts';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';

/** Deletes an element, or says by what it is used. */
export function DeleteElementDialog({ element, onClose }: { element: ElementNode; onClose: () => void }) {
  const { app, open } = useWorkbench();
  const { environment } = useWorkbenchState();
  const actions = useElementActions(app);
  const { say } = useToasts();
  const { data } = useElement(app, element.fullName);
  const users = data?.usedBy ?? [];
  const remove = async () => {
    await actions.remove(element.fullName, element.revision);
    say(`${element.fullName} is deleted. Its history keeps what it was.`);
  };
  if (element.family === 'connections') {
    return (
      <DeleteConnectionDialog
        fullName={element.fullName}
        users={users.map(({ fullName }) => fullName)}
        hrefOf={(fullName) => hrefOf(app, fullName, environment)}
        onOpen={open}
        onClose={onClose}
        onConfirm={remove}
      />
    );
  }
  return (
    <FormDialog
      title={`Delete ${element.fullName}`}
      submit="Delete"
      color="error"
      disabled={users.length > 0}
      onClose={onClose}
      onSubmit={remove}
    >
      {users.length > 0 ? (
        <Alert severity="warning">
          It is in use; take these references away first:
          <Box component="ul" sx={{ my: 1, pl: 5 }}>
            {users.map((user) => (
              <li key={`${user.fullName} ${user.field}`}>
                <code>{user.fullName}</code> ({user.field})
              </li>
            ))}
          </Box>
        </Alert>
      ) : (
        <div>
          The element leaves the source of the app. A deployed release keeps it until the next deploy; nothing on a
          server is touched.
        </div>
      )}
    </FormDialog>
  );
}
