'use client';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useElement } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../workbench-context.ts';

/** Elements that refer to the open one. */
export function UsedByPanel({ fullName }: { fullName: string | null }) {
  const { app, open } = useWorkbench();
  const { data } = useElement(app, fullName);
  if (fullName === null)
    return <Box sx={{ color: 'text.secondary' }}>Open an element that is saved to see what uses it.</Box>;
  if (!data) return null;
  if (data.usedBy.length === 0) {
    return (
      <Box sx={{ color: 'text.secondary' }}>
        Nothing uses <code>{fullName}</code>. It can be deleted without touching anything else.
      </Box>
    );
  }
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
      {data.usedBy.map((user) => (
        <li key={`${user.fullName} ${user.field}`}>
          <Link
            component="button"
            type="button"
            onClick={() => open(user.fullName)}
            sx={{ textAlign: 'left', overflowWrap: 'anywhere' }}
          >
            {user.fullName}
          </Link>
          <Box sx={{ color: 'text.secondary', fontSize: 12 }}>in {user.field}</Box>
        </li>
      ))}
    </Box>
  );
}
