'use client';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import useSWR from 'swr';
import type { EnvironmentRow } from '#lib/http/api.ts';
import { appPath } from '../../_data/paths.ts';
import { useEditor, useWorkbench } from '../../_workbench/workbench-context.ts';
import { EditorUnread } from '../EditorUnread.tsx';
import { DeleteEnvironmentDialog } from './DeleteEnvironmentDialog.tsx';
import { EnvironmentCard } from './EnvironmentCard.tsx';
import { EnvironmentDialog } from './EnvironmentDialog.tsx';

/** The app's environments in their order. */
export function EnvironmentsPage() {
  const { app, mayEdit } = useWorkbench();
  const { data, error } = useSWR<{ environments: EnvironmentRow[] }>(`${appPath(app)}/environments`);
  const [editing, setEditing] = useState<EnvironmentRow | 'new' | null>(null);
  const [deleting, setDeleting] = useState<EnvironmentRow | null>(null);
  useEditor({ dirty: false });
  if (!data) return <EditorUnread error={error} />;
  const all = data.environments.toSorted((a, b) => a.position - b.position);
  return (
    <Box sx={{ p: { xs: 4, sm: 5 }, maxWidth: 860 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', mb: 2 }}>
        <Typography variant="h2" component="h1" sx={{ flex: 1 }}>
          Environments
        </Typography>
        {mayEdit ? (
          <Button variant="contained" startIcon={<AddIcon />} onClick={() => setEditing('new')}>
            New environment
          </Button>
        ) : null}
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 4, maxWidth: 640 }}>
        An environment is a set of values for the app’s variables, and what the app is deployed to. The designer works
        against development. A protected one asks an owner for values, deploys and consent.
      </Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 3 }}>
        {all.map((environment, index) => (
          <EnvironmentCard
            key={environment.name}
            environment={environment}
            all={all}
            index={index}
            onEdit={() => setEditing(environment)}
            onDelete={() => setDeleting(environment)}
          />
        ))}
      </Box>
      {editing ? (
        <EnvironmentDialog
          environment={editing === 'new' ? null : editing}
          taken={all.map((each) => each.name)}
          onClose={() => setEditing(null)}
        />
      ) : null}
      {deleting ? <DeleteEnvironmentDialog environment={deleting} onClose={() => setDeleting(null)} /> : null}
    </Box>
  );
}
