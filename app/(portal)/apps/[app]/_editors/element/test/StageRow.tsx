'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { milliseconds } from '#app/_components/milliseconds.ts';
import { Status } from '#app/_components/Status.tsx';
import type { StatusKind } from '#app/_components/Status.tsx';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import type { Remedy } from './use-remedies.ts';
import type { ShownStage } from './use-test-run.ts';

const TITLES: Record<ShownStage['stage'], string> = {
  variables: 'Variables',
  address: 'Address policy',
  dns: 'Name look-up',
  tcp: 'TCP',
  tls: 'TLS',
  login: 'Login',
  database: 'Database',
  schema: 'Schema',
  read: 'Right to read',
  write: 'Right to write',
  ddl: 'Right to change the schema',
  latency: 'Latency',
};
const KINDS: Record<ShownStage['state'], StatusKind> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  skipped: 'off',
  pending: 'off',
  running: 'running',
};

/** a certificate may hold a hundred names */
const MOST_OFFERS = 3;

type Props = {
  stage: ShownStage;
  fields: FieldDefinition[];
  onField: (field: string) => void;
  setterOf?: (field: string) => ((value: string) => void) | null;
  remedyFor?: (code: string | undefined) => Remedy | null;
};

/** One stage: state, time, and for a failure or warning its cause, the field and the next step. */
export function StageRow({ stage, fields, onField, setterOf, remedyFor }: Props) {
  const finished = 'ms' in stage ? stage : null;
  const open = finished && (stage.state === 'failed' || stage.state === 'warning');
  const field = finished?.field ? fields.find((each) => each.name === finished.field) : undefined;
  const remedy = open ? (remedyFor?.(finished.code) ?? null) : null;
  // a field that a variable fills is mended in the variable
  const set = open && field && !finished.variable ? (setterOf?.(field.name) ?? null) : null;
  const quiet = stage.state === 'pending' || stage.state === 'skipped';
  return (
    <Box
      component="li"
      sx={{
        py: 0.75,
        px: 1.5,
        mx: -1.5,
        borderRadius: '6px',
        ...(open
          ? {
              bgcolor: `color-mix(in srgb, var(--mui-palette-${stage.state === 'failed' ? 'error' : 'warning'}-main) 9%, transparent)`,
            }
          : {}),
      }}
    >
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'baseline' }}>
        <Box sx={{ alignSelf: 'flex-start', pt: '2px', display: 'flex' }}>
          <Status kind={KINDS[stage.state]} size={15} label={stage.state} />
        </Box>
        <Box component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          <Box
            component="span"
            sx={{ mr: 2, fontWeight: open ? 550 : 400, color: quiet ? 'text.secondary' : 'inherit' }}
          >
            {TITLES[stage.stage]}
          </Box>{' '}
          <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
            {open ? '' : finished?.message}
          </Box>
        </Box>
        <Box component="span" sx={{ color: 'text.secondary', fontSize: 12, whiteSpace: 'nowrap' }}>
          {finished && stage.state !== 'skipped'
            ? milliseconds(finished.ms)
            : stage.state === 'skipped'
              ? 'skipped'
              : ''}
        </Box>
      </Box>
      {open ? (
        <Box sx={{ pl: '23px', pb: 1, display: 'grid', gap: 1, overflowWrap: 'anywhere' }}>
          <div>{finished.message}</div>
          {finished.next && !finished.message.includes(finished.next) ? (
            <Box sx={{ color: 'text.secondary' }}>{finished.next}</Box>
          ) : null}
          <Box sx={{ display: 'flex', gap: 4, alignItems: 'center', flexWrap: 'wrap' }}>
            {remedy ? (
              <Button variant="outlined" color="inherit" loading={remedy.busy} onClick={remedy.act}>
                {remedy.label}
              </Button>
            ) : null}
            {set && field
              ? (finished.offers ?? []).slice(0, MOST_OFFERS).map((value) => (
                  <Button key={value} variant="outlined" color="inherit" onClick={() => set(value)}>
                    Set {field.label} to {value}
                  </Button>
                ))
              : null}
            {field ? (
              <Link component="button" type="button" onClick={() => onField(field.name)} sx={{ justifySelf: 'start' }}>
                Go to {field.label}
              </Link>
            ) : null}
          </Box>
        </Box>
      ) : null}
    </Box>
  );
}
