'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useId } from 'react';
import { CellCheck, CellInput, CellSelect } from '#elements/model/ui/CellInput.tsx';
import type { DraftIssues } from '#elements/model/ui/issues-of-draft.ts';
import type { ModelDraft } from '#elements/model/ui/model-draft.ts';
import type { AppOverview, ElementDetail } from '#lib/http/api.ts';
import { PortabilityFold } from './PortabilityFold.tsx';
import type { ModelState } from './use-model-draft.ts';

type Props = {
  fullName: string;
  overview: AppOverview;
  saved: ElementDetail | null;
  state: ModelState;
  issues: DraftIssues;
  readOnly: boolean;
  onState: (next: (now: ModelState) => ModelState) => void;
};

/** The database element a model lives in, its table, and who alters it. */
export function ModelSettings({ overview, saved, state, issues, readOnly, onState }: Props) {
  const { draft } = state;
  const id = useId();
  const set = (change: Partial<ModelDraft>) => onState((now) => ({ ...now, draft: { ...now.draft, ...change } }));
  const databases = overview.elements.filter((each) => each.family === 'databases');
  const chosen = databases.find(({ fullName }) => fullName === (draft.database || overview.defaultDatabase));
  const before = saved ? (saved.body.database ?? overview.defaultDatabase) : null;
  const moved = typeof before === 'string' && (draft.database || overview.defaultDatabase) !== before;
  const wrong = [...(issues.get('database') ?? []), ...(issues.get('table') ?? [])];
  return (
    <Box sx={{ display: 'grid', gap: 3 }}>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            sm: 'repeat(2, minmax(0, 1fr))',
            lg: 'repeat(4, minmax(0, 1fr))',
          },
          gap: 3,
          '& > div': { display: 'grid', gap: 0.75, fontSize: 12, fontWeight: 550, alignContent: 'start' },
        }}
      >
        <div>
          <span aria-hidden>Database</span>
          <CellSelect
            label="Database"
            value={draft.database}
            options={{
              ...(draft.database === '' || databases.length === 0
                ? { '': overview.defaultDatabase ? `default (${overview.defaultDatabase})` : 'select a database' }
                : {}),
              ...Object.fromEntries(
                databases.map((each) => [
                  each.fullName,
                  `${each.fullName.replace(/^databases\./, '')}${each.fullName === overview.defaultDatabase ? ' (default)' : ''}`,
                ]),
              ),
            }}
            disabled={readOnly}
            onText={(database) => set({ database })}
          />
        </div>
        <div>
          <span aria-hidden>Table</span>
          <CellInput
            label="Table"
            mono
            value={draft.table}
            disabled={readOnly}
            aria-invalid={issues.has('table')}
            aria-describedby={wrong.length > 0 ? `${id}-wrong` : undefined}
            onText={(table) => set({ table })}
          />
        </div>
        <div>
          <span aria-hidden>Label of a row</span>
          <CellSelect
            label="Label of a row"
            value={draft.label}
            options={{
              '': 'none',
              ...Object.fromEntries(
                draft.fields.filter((field) => !field.removed && field.name).map((field) => [field.id, field.name]),
              ),
            }}
            disabled={readOnly}
            onText={(label) => set({ label })}
          />
        </div>
        <div>
          <span aria-hidden>Title</span>
          <CellInput
            label="Title"
            value={state.title}
            disabled={readOnly}
            onText={(title) => onState((now) => ({ ...now, title }))}
          />
        </div>
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1, alignItems: 'center' }}>
        <Box component="label" sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          <CellCheck
            label="Managed by deploys"
            checked={draft.managed}
            disabled={readOnly}
            onCheck={(managed) => set({ managed })}
          />
          Managed
        </Box>
        <Box sx={{ color: 'text.secondary', fontSize: 12, flex: '1 1 260px' }}>
          {draft.managed
            ? 'A deploy makes the table, and alters it as the fields change.'
            : 'The table is read and written, never altered; a deploy is refused where it does not fit.'}
        </Box>
      </Box>
      {wrong.length > 0 ? (
        <Box id={`${id}-wrong`} sx={{ color: 'error.main', fontSize: 12 }}>
          {wrong.join(' ')}
        </Box>
      ) : null}
      {moved && draft.managed ? (
        <Alert severity="warning">
          A deploy plans a new, empty table there and leaves the one on {before} as it is. Rows do not move.
        </Alert>
      ) : null}
      <PortabilityFold engine={chosen?.engine ?? null} />
      {databases.length === 0 ? (
        <Alert severity="info">The app has no database yet. Add one, then choose it here.</Alert>
      ) : null}
    </Box>
  );
}
