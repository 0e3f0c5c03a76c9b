'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Ago } from '#app/_components/Ago.tsx';
import { Empty } from '#app/_components/Empty.tsx';
import { Status } from '#app/_components/Status.tsx';
import type { ReleaseRow } from '#lib/http/api.ts';
import { useEditor, useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { EditorUnread } from '../EditorUnread.tsx';
import { RollBackDialog } from './RollBackDialog.tsx';
import { useReleases } from './use-deploy-data.ts';
import { useMayDeploy } from './use-may-deploy.ts';
import { useStart } from './use-start.ts';

/** The releases an environment has served, the last one first: what one can roll back to. */
export function ReleasesPage() {
  const { app, open } = useWorkbench();
  const { environment } = useWorkbenchState();
  const { may } = useMayDeploy(environment);
  const { data, error } = useReleases(app, environment);
  const [rollingBack, setRollingBack] = useState<ReleaseRow | null>(null);
  const { start } = useStart(app, environment, (id) => open('deploy', `?run=${id}`));
  useEditor({ dirty: false });
  if (!data) return <EditorUnread error={error} />;
  if (data.releases.length === 0)
    return (
      <Empty
        title={`${environment} has served no release yet`}
        action={
          <Button variant="contained" onClick={() => open('deploy')}>
            Open deploy
          </Button>
        }
      >
        Each deploy freezes the source as a release. Those that an environment has served stay here, to roll back to.
      </Empty>
    );
  return (
    <Box sx={{ p: { xs: 4, sm: 5 }, maxWidth: 860 }}>
      <Typography variant="h2" component="h1">
        Releases of {environment}
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 4 }}>
        Snapshots of the source that {environment} has served. A release never changes.
      </Typography>
      <Box component="ul" aria-label="Releases" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
        {data.releases.map((release) => (
          <Box
            component="li"
            key={release.release}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 3,
              alignItems: 'center',
              px: 4,
              py: 2.5,
              border: 1,
              borderColor: 'divider',
              borderRadius: '8px',
            }}
          >
            <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
              <Box component="h2" sx={{ m: 0, fontSize: 14, fontWeight: 620 }}>
                Release {release.number}
              </Box>
              <Box sx={{ color: 'text.secondary', fontSize: 12, overflowWrap: 'anywhere' }}>
                made <Ago at={release.createdAt} /> by {release.by}
                {release.activatedAt ? (
                  <>
                    , last activated <Ago at={release.activatedAt} />
                  </>
                ) : null}{' '}
                · <code>{release.release}</code>
              </Box>
            </Box>
            {release.active ? (
              <Status kind="ok">serves now</Status>
            ) : may ? (
              <Button
                variant="outlined"
                color="inherit"
                aria-label={`Roll back to release ${release.number}`}
                onClick={() => setRollingBack(release)}
              >
                Roll back
              </Button>
            ) : null}
          </Box>
        ))}
      </Box>
      {rollingBack ? (
        <RollBackDialog
          environment={environment}
          number={rollingBack.number}
          onClose={() => setRollingBack(null)}
          onConfirm={() => start({ release: rollingBack.release })}
        />
      ) : null}
    </Box>
  );
}
