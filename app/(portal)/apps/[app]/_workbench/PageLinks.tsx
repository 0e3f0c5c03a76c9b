'use client';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useVariables } from '../_data/use-app-data.ts';
import { ViewIcon } from './ViewIcon.tsx';
import { hrefOf, titleOfView } from './view.ts';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';

const PAGES = ['connections', 'variables', 'environments', 'test-all', 'deploy', 'releases'];

/** The app's pages below the tree. Real links: they can be copied and opened in a new window. */
export function PageLinks() {
  const { app, open } = useWorkbench();
  const { view, environment } = useWorkbenchState();
  const missing = useMissing(app, environment);
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', p: 1.5, display: 'grid', gap: '1px' }}>
      {PAGES.map((page) => (
        <Link
          key={page}
          href={hrefOf(app, page, environment)}
          underline="none"
          aria-current={view === page ? 'page' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            open(page);
          }}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 2,
            height: 30,
            px: 2,
            borderRadius: '5px',
            color: view === page ? 'text.primary' : 'text.secondary',
            bgcolor: view === page ? 'surface.selected' : 'transparent',
            '&:hover': { bgcolor: view === page ? 'surface.selected' : 'surface.hover', color: 'text.primary' },
          }}
        >
          <ViewIcon view={page} />
          <span style={{ flex: 1 }}>{titleOfView(page)}</span>
          {page === 'variables' && missing > 0 ? (
            <Box component="span" sx={{ color: 'error.main', fontSize: 12 }}>
              {missing} missing
            </Box>
          ) : null}
        </Link>
      ))}
    </Box>
  );
}

function useMissing(app: string, environment: string): number {
  const { data } = useVariables(app);
  return data?.variables.filter((variable) => variable.cells[environment]?.state === 'missing').length ?? 0;
}
