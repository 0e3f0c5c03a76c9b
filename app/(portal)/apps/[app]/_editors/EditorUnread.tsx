import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { messageOf } from '#app/_components/Toasts.tsx';
import { EditorSkeleton } from './EditorSkeleton.tsx';

/** Stands for an editor whose data is not there: still on its way, or refused. */
export function EditorUnread({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (!error) return <EditorSkeleton />;
  return (
    <Alert severity="error" sx={{ m: 5 }} action={onRetry ? <Button onClick={onRetry}>Ask again</Button> : null}>
      {messageOf(error)}
    </Alert>
  );
}
