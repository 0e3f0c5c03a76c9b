'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import type { VariableRow } from '#lib/http/api.ts';
import { variablePath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';

/** Deletes definition and values, or says which fields still use it. */
export function DeleteVariableDialog({ variable, onClose }: { variable: VariableRow; onClose: () => void }) {
  const { app } = useWorkbench();
  const refresh = useRefresh(app);
  const { say } = useToasts();
  const used = variable.usedBy.length > 0;
  const holders = Object.entries(variable.cells).flatMap(([name, cell]) => (cell.state === 'set' ? [name] : []));
  return (
    <FormDialog
      title={`Delete ${variable.key}`}
      submit={holders.length > 0 ? 'Delete it and its values' : 'Delete'}
      color="error"
      disabled={used}
      onClose={onClose}
      onSubmit={async () => {
        await request(`${variablePath(app, variable.key)}?clearValues=true`, { method: 'DELETE' });
        await refresh();
        say(`${variable.key} is deleted.`);
      }}
    >
      {used ? (
        <Alert severity="warning">
          These fields use it; give them a fixed value or another variable first:
          <Box component="ul" sx={{ my: 1, pl: 5 }}>
            {variable.usedBy.map(({ fullName, field }) => (
              <li key={`${fullName} ${field}`}>
                <code>{fullName}</code> ({field})
              </li>
            ))}
          </Box>
        </Alert>
      ) : (
        <div>
          {holders.length > 0
            ? `Its values in ${holders.join(', ')} are destroyed with it. They can not be brought back.`
            : 'No environment holds a value of it.'}
        </div>
      )}
    </FormDialog>
  );
}
