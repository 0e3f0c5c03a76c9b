'use client';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { Empty } from '#app/_components/Empty.tsx';
import { RequestFailure } from '#app/_components/request.ts';
import { messageOf } from '#app/_components/Toasts.tsx';
import { useElement, useOverview } from '../../_data/use-app-data.ts';
import { useTab, useWorkbench } from '../../_workbench/workbench-context.ts';
import { EditorSkeleton } from '../EditorSkeleton.tsx';
import type { EditorProps } from '../editor-props.ts';
import { ModelForm } from './ModelForm.tsx';

/** The designer of models. */
export function ModelEditor({ fullName, draftType }: EditorProps) {
  const { app, close } = useWorkbench();
  const { id } = useTab();
  const overview = useOverview(app);
  const { data, error, mutate } = useElement(app, draftType === null ? fullName : null, { follow: true });
  if (error instanceof RequestFailure && error.status === 404) {
    return (
      <Empty title="This model is gone" action={<Button onClick={() => close(id)}>Close the tab</Button>}>
        There is no <code>{fullName}</code> in this app. It was deleted, renamed or never saved.
      </Empty>
    );
  }
  if (error && !data) {
    return (
      <Alert severity="error" sx={{ m: 5 }} action={<Button onClick={() => void mutate()}>Ask again</Button>}>
        {messageOf(error)}
      </Alert>
    );
  }
  if (!fullName || !overview.data || (draftType === null && !data)) return <EditorSkeleton />;
  return <ModelForm fullName={fullName} overview={overview.data} detail={draftType === null ? (data ?? null) : null} />;
}
