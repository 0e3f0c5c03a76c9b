'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { ElementNode } from '#lib/http/api.ts';
import { useElement } from '../_data/use-app-data.ts';
import { useElementActions } from './use-element-actions.ts';
import { useWorkbench } from './workbench-context.ts';

/** Deletes an element, or says by what it is used. */
export function DeleteElementDialog({ element, onClose }: { element: ElementNode; onClose: () => void }) {
  const { app } = useWorkbench();
  const actions = useElementActions(app);
  const { say } = useToasts();
  const { data } = useElement(app, element.fullName);
  const users = data?.usedBy ?? [];
  return (
    <FormDialog
      title={`Delete ${element.fullName}`}
      submit="Delete"
      color="error"
      disabled={users.length > 0}
      onClose={onClose}
      onSubmit={async () => {
        await actions.remove(element.fullName, element.revision);
        say(`${element.fullName} is deleted. Its history keeps what it was.`);
      }}
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
