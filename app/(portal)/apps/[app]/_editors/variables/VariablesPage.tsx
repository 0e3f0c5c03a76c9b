'use client';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import OutlinedInput from '@mui/material/OutlinedInput';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Empty } from '#app/_components/Empty.tsx';
import type { VariableRow } from '#lib/http/api.ts';
import { useVariables } from '../../_data/use-app-data.ts';
import { useSearch } from '../../_workbench/use-search.ts';
import { useEditor, useWorkbench } from '../../_workbench/workbench-context.ts';
import { EditorUnread } from '../EditorUnread.tsx';
import { DeleteVariableDialog } from './DeleteVariableDialog.tsx';
import { countsOf, filtered, FILTERS } from './variable-filter.ts';
import type { VariableFilter } from './variable-filter.ts';
import { VariableDialog } from './VariableDialog.tsx';
import { VariableGrid } from './VariableGrid.tsx';

/** Rows are variables, columns environments: one look answers "can I deploy?" */
export function VariablesPage() {
  const { app, mayEdit } = useWorkbench();
  const { data, error } = useVariables(app);
  const [search, setSearch] = useSearch();
  const [editing, setEditing] = useState<VariableRow | 'new' | null>(null);
  const [deleting, setDeleting] = useState<VariableRow | null>(null);
  useEditor({ dirty: false });
  if (!data) return <EditorUnread error={error} />;

  const filters = (search.get('filter') ?? '')
    .split(',')
    .filter((each): each is VariableFilter => FILTERS.includes(each as VariableFilter));
  const text = search.get('find') ?? '';
  const counts = countsOf(data);
  const rows = filtered(data, filters, text);
  const toggle = (filter: VariableFilter) =>
    setSearch(
      'filter',
      (filters.includes(filter) ? filters.filter((each) => each !== filter) : [...filters, filter]).join(','),
    );
  const add = (
    <Button variant="contained" startIcon={<AddIcon />} onClick={() => setEditing('new')}>
      Add a variable
    </Button>
  );

  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: 2,
          px: { xs: 4, sm: 5 },
          py: 2.5,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography variant="h2" component="h1" sx={{ mr: 2 }}>
          Variables
        </Typography>
        <OutlinedInput
          type="search"
          placeholder="Find by key or name"
          value={text}
          onChange={(event) => setSearch('find', event.target.value)}
          slotProps={{ input: { 'aria-label': 'Find variables' } }}
          sx={{ width: 220 }}
        />
        <Box role="group" aria-label="Show only" sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', flex: 1 }}>
          {FILTERS.map((filter) => (
            <Chip
              key={filter}
              clickable
              component="button"
              aria-pressed={filters.includes(filter)}
              label={`${filter} ${counts[filter]}`}
              color={
                filters.includes(filter) ? 'primary' : filter === 'missing' && counts.missing > 0 ? 'error' : 'default'
              }
              variant={filters.includes(filter) ? 'filled' : 'outlined'}
              onClick={() => toggle(filter)}
            />
          ))}
        </Box>
        {mayEdit && data.variables.length > 0 ? add : null}
      </Box>
      {data.variables.length === 0 ? (
        <Empty title="No variables yet" action={mayEdit ? add : null}>
          A variable is a named hole in the source that each environment fills: a host, a port, a password. Fields make
          them with the toggle at their right end; here one sees and sets all of them.
        </Empty>
      ) : rows.length === 0 ? (
        <Empty
          title="No variable is like that"
          action={<Button onClick={() => (setSearch('find', ''), setSearch('filter', ''))}>Show all</Button>}
        >
          None of the {data.variables.length} variables passes the filters.
        </Empty>
      ) : (
        <VariableGrid matrix={data} rows={rows} onEdit={setEditing} onDelete={setDeleting} />
      )}
      {editing ? (
        <VariableDialog variable={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      ) : null}
      {deleting ? <DeleteVariableDialog variable={deleting} onClose={() => setDeleting(null)} /> : null}
    </Box>
  );
}
