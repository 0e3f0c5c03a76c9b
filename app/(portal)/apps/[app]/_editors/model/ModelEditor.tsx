'use client';
import Button from '@mui/material/Button';
import { Empty } from '#app/_components/Empty.tsx';
import { RequestFailure } from '#app/_components/request.ts';
import { useElement, useOverview } from '../../_data/use-app-data.ts';
import { useTab, useWorkbench } from '../../_workbench/workbench-context.ts';
import { EditorSkeleton } from '../EditorSkeleton.tsx';
import { EditorUnread } from '../EditorUnread.tsx';
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
  if (error && !data) return <EditorUnread error={error} onRetry={() => void mutate()} />;
  if (!fullName || !overview.data || (draftType === null && !data)) return <EditorSkeleton />;
  return <ModelForm fullName={fullName} overview={overview.data} detail={draftType === null ? (data ?? null) : null} />;
}
