'use client';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Ago } from '#app/_components/Ago.tsx';
import { milliseconds } from '#app/_components/milliseconds.ts';
import { Status } from '#app/_components/Status.tsx';
import { hrefOf } from '../../_workbench/view.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { fieldSearch } from '../deploy/field-search.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { Cell, Place } from './test-grid.ts';

const two = { display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical', overflow: 'hidden' } as const;

/** One element in one environment. What failed leads to the field at fault, there. */
export function TestCell({ cell, place }: { cell: Cell; place: Place }) {
  if (cell.of === 'none' && cell.state === 'waiting')
    return (
      <Status kind="running" size={14}>
        waiting
      </Status>
    );
  if (cell.of === 'none')
    return (
      <Status kind="off" size={14}>
        not tested
      </Status>
    );
  const word = (
    <Status kind={cell.state} size={14}>
      {cell.state}
    </Status>
  );
  if (cell.of === 'before')
    return (
      <>
        {word}{' '}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          · <Ago at={cell.at} />
        </Box>
      </>
    );
  return (
    <>
      {word}{' '}
      <Box component="span" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
        · {milliseconds(cell.ms)}
      </Box>
      {cell.message ? (
        <Box title={cell.message} sx={{ ...two, fontSize: 12, color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {cell.message}
        </Box>
      ) : null}
      {cell.reason ? <Fault reason={cell.reason} place={place} /> : null}
    </>
  );
}

function Fault({ reason, place }: { reason: Reason; place: Place }) {
  const { app, open } = useWorkbench();
  const { element = place.element, field, variable } = reason;
  const search = fieldSearch(field);
  return (
    <Link
      href={hrefOf(app, element, place.environment, search)}
      aria-label={`Open ${field ?? 'the form'} of ${element} in ${place.environment}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open(element, search, place.environment);
      }}
      sx={{ fontSize: 12 }}
    >
      {[field ?? 'Open', variable].filter(Boolean).join(' · ')}
    </Link>
  );
}
