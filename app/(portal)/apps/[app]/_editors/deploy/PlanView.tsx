'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import { Status } from '#app/_components/Status.tsx';
import { EngineLogo } from '#elements/database/ui/EngineLogo.tsx';
import type { Plan, PlannedChange, PlannedDatabase } from '#lib/deploy/plan.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { changeWords } from './change-words.ts';
import { amount } from './deploy-words.ts';

/** What a deploy does to each database: changes with their risks, SQL behind a fold, and what is left alone. */
export function PlanView({ plan }: { plan: Plan }) {
  return (
    <Box sx={{ display: 'grid', gap: 4 }}>
      {plan.databases.length === 0 ? <div>No database could be reached yet, so nothing is planned.</div> : null}
      {plan.databases.map((database) => (
        <PlannedOn key={database.element} database={database} />
      ))}
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
        Plan <code>{plan.hash}</code>
      </Box>
    </Box>
  );
}

function PlannedOn({ database }: { database: PlannedDatabase }) {
  const { element, engine, target, changes, drift, notes, transactional } = database;
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: '8px', overflow: 'hidden' }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 2,
          px: 3,
          py: 1.75,
          bgcolor: 'surface.sunken',
        }}
      >
        <EngineLogo engine={engine} size={16} />
        <Box component="h3" sx={{ m: 0, fontSize: 13, fontWeight: 550 }}>
          <code>{element}</code>
        </Box>
        <Box component="span" sx={{ color: 'text.secondary', fontSize: 12, overflowWrap: 'anywhere', flex: 1 }}>
          {target}
        </Box>
        <Box component="span" sx={{ fontSize: 12, color: 'text.secondary' }}>
          {changes.length === 0 ? 'no changes' : amount(changes.length, 'change')}
          {changes.length > 1 ? (transactional ? ', all or nothing' : ', one by one') : ''}
        </Box>
      </Box>
      {changes.length > 0 ? (
        <Box component="ol" aria-label={`Changes of ${element}`} sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {changes.map((each, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a plan is a list in its order and never changes
            <ChangeRow key={index} planned={each} />
          ))}
        </Box>
      ) : null}
      {notes.length + drift.length > 0 ? (
        <Box sx={{ px: 3, py: 2, borderTop: 1, borderColor: 'divider', display: 'grid', gap: 1, fontSize: 12 }}>
          {notes.map((note) => (
            <div key={note}>{note}</div>
          ))}
          {drift.length > 0 ? <Drift drift={drift} /> : null}
        </Box>
      ) : null}
    </Box>
  );
}

function Drift({ drift }: Pick<PlannedDatabase, 'drift'>) {
  return (
    <Box component="details" sx={{ color: 'text.secondary' }}>
      <Box component="summary" sx={{ cursor: 'pointer' }}>
        {amount(drift.length, 'thing')} there that no release named, left alone
      </Box>
      <Box component="ul" sx={{ m: 0, pl: 5 }}>
        {drift.map(({ table, column, message }) => (
          <li key={`${table}.${column ?? ''}`}>
            <code>{column === undefined ? table : `${table}.${column}`}</code> {message}
          </li>
        ))}
      </Box>
    </Box>
  );
}

function ChangeRow({ planned: { change, statements, risks, phase, model } }: { planned: PlannedChange }) {
  const { open } = useWorkbench();
  const { verb, what } = changeWords(change);
  return (
    <Box component="li" sx={{ px: 3, py: 1.75, borderTop: 1, borderColor: 'divider', display: 'grid', gap: 1 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'baseline' }}>
        <Box component="span" sx={{ fontWeight: 550 }}>
          {verb}
        </Box>
        <Box component="code" sx={{ overflowWrap: 'anywhere', flex: '1 1 160px' }}>
          {what}
        </Box>
        {phase === 'destructive' ? (
          <Chip label="destructive" color="warning" variant="outlined" sx={{ height: 19 }} />
        ) : null}
        {model ? (
          <Link component="button" type="button" onClick={() => open(model)} sx={{ fontSize: 12 }}>
            {model}
          </Link>
        ) : null}
      </Box>
      {risks.map((risk) => (
        <Box key={risk.kind + risk.message} sx={{ fontSize: 12 }}>
          <Status kind="warning" size={14}>
            <span>{risk.message}</span>
          </Status>
        </Box>
      ))}
      {statements.length > 0 ? (
        <Box component="details">
          <Box component="summary" sx={{ cursor: 'pointer', fontSize: 12, color: 'text.secondary' }}>
            SQL{statements.length > 1 ? `, ${amount(statements.length, 'statement')}` : ''}
          </Box>
          <Sql statements={statements.map(({ sql }) => sql)} />
        </Box>
      ) : (
        <Alert severity="info">No statement is needed for this on this engine.</Alert>
      )}
    </Box>
  );
}

/** Statements as text, to be read and copied. */
export function Sql({ statements }: { statements: string[] }) {
  return (
    <Box
      component="pre"
      // it scrolls sideways, and keys have to reach it
      tabIndex={0}
      role="group"
      aria-label="SQL"
      sx={{
        m: 0,
        mt: 1,
        p: 2.5,
        overflowX: 'auto',
        border: 1,
        borderColor: 'divider',
        borderRadius: '6px',
        bgcolor: 'surface.code',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
      }}
    >
      {statements.map((sql) => `${sql.replace(/;?\s*$/, '')};`).join('\n\n')}
    </Box>
  );
}
