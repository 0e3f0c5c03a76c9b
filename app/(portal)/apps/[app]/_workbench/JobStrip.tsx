'use client';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import { Status } from '#app/_components/Status.tsx';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';

/** Long work at the bottom: it goes on while one works elsewhere. */
export function JobStrip() {
  const { open, closeJob } = useWorkbench();
  const { jobs } = useWorkbenchState();
  return (
    <Box
      component="footer"
      sx={{
        minHeight: 28,
        px: 3,
        display: 'flex',
        alignItems: 'center',
        gap: 5,
        overflowX: 'auto',
        scrollbarWidth: 'none',
        borderTop: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        fontSize: 12,
        color: 'text.secondary',
      }}
    >
      <Box role="status" aria-label="Work in progress" sx={{ display: 'flex', alignItems: 'center', gap: 5 }}>
        {jobs.length === 0 ? <span>Nothing running</span> : null}
        {jobs.map((job) => (
          <Box key={job.id} sx={{ display: 'flex', alignItems: 'center', gap: 1.5, whiteSpace: 'nowrap' }}>
            <Status kind={job.state} size={14} label={job.state} />
            {job.view === undefined ? (
              <span>{job.label}</span>
            ) : (
              <Link
                component="button"
                type="button"
                color="inherit"
                sx={{ fontSize: 12 }}
                onClick={() => open(job.view ?? '')}
              >
                {job.label}
              </Link>
            )}
            <Box
              component="span"
              title={job.detail}
              sx={{ maxWidth: { xs: '38vw', sm: 'none' }, overflow: 'hidden', textOverflow: 'ellipsis' }}
            >
              {job.detail}
            </Box>
            {job.state === 'running' && job.cancel ? (
              <Button color="inherit" sx={{ minHeight: 0, p: '0 6px', fontSize: 12 }} onClick={job.cancel}>
                Cancel
              </Button>
            ) : null}
            {job.state === 'running' ? null : (
              <IconButton aria-label={`Close: ${job.label}`} sx={{ p: '2px' }} onClick={() => closeJob(job.id)}>
                <CloseIcon sx={{ fontSize: 14 }} />
              </IconButton>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
