'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Empty } from '#app/_components/Empty.tsx';
import { RequestFailure } from '#app/_components/request.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import { useElement } from '../../_data/use-app-data.ts';
import { useTab, useWorkbench } from '../../_workbench/workbench-context.ts';
import { EditorSkeleton } from '../EditorSkeleton.tsx';
import { EditorUnread } from '../EditorUnread.tsx';
import type { EditorProps } from '../editor-props.ts';
import { ElementForm } from './ElementForm.tsx';

/** The designer of connections and databases: everything it shows comes from the engine's definition. */
export function ElementEditor({ fullName, draftType }: EditorProps) {
  const { app, close } = useWorkbench();
  const { id } = useTab();
  const { data, error, mutate } = useElement(app, draftType === null ? fullName : null, { follow: true });
  const type = draftType ?? data?.type;
  const definition = type ? definitionOfType(type) : undefined;
  if (error instanceof RequestFailure && error.status === 404) {
    return (
      <Empty title="This element is gone" action={<Button onClick={() => close(id)}>Close the tab</Button>}>
        There is no <code>{fullName}</code> in this app. It was deleted, renamed or never saved.
      </Empty>
    );
  }
  if (error && !data) return <EditorUnread error={error} onRetry={() => void mutate()} />;
  if (type && !definition) {
    return (
      <Box sx={{ p: 5 }}>
        <Alert severity="error">
          No engine of this portal knows the type {type}. Choose another type in the element’s e.json.
        </Alert>
      </Box>
    );
  }
  if (!definition || !fullName || !type || (draftType === null && !data)) return <EditorSkeleton />;
  return (
    <ElementForm
      definition={definition}
      type={type}
      fullName={fullName}
      detail={draftType === null ? (data ?? null) : null}
    />
  );
}
