'use client';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Select from '@mui/material/Select';
import { useEffect, useRef } from 'react';
import { useController } from 'react-hook-form';
import { inputId, useFieldHost } from '#elements/connection/ui/field-host.ts';
import { FieldRow } from '#elements/connection/ui/FieldRow.tsx';
import type { FormValues } from '#elements/connection/ui/form-values.ts';
import type { DatabaseDefinition } from '#elements/database/contract.ts';
import { useOverview } from '../../_data/use-app-data.ts';
import { freeName } from '../../_workbench/tree-nodes.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';

type Props = {
  definition: DatabaseDefinition;
  isNew: boolean;
  make: string | null;
  onMake: (fullName: string | null) => void;
};

/** Own fields, or those of a connection of the same engine; a new database may make the connection with it. */
export function ConnectionChoice({ definition, isNew, make, onMake }: Props) {
  const { app } = useWorkbench();
  const { formId, readOnly } = useFieldHost();
  const { data } = useOverview(app);
  const { field, fieldState } = useController<FormValues, 'connection'>({ name: 'connection' });
  const fitting = (data?.elements ?? []).filter((element) => element.type === definition.connectionType);
  const last = useRef('');
  useEffect(() => {
    if (field.value) last.current = field.value;
  }, [field.value]);
  const attached = field.value !== '';
  const id = inputId(formId, 'connection');

  // the name proposed for the connection is free in the app
  const taken = make !== null && data && freeName(data.elements, 'connections', make.split('.').at(-1) ?? '');
  useEffect(() => {
    if (taken && `connections.${taken}` !== make) onMake(`connections.${taken}`);
  }, [taken, make, onMake]);

  return (
    <Box sx={{ pb: 4, display: 'grid', gap: 3 }}>
      <RadioGroup
        aria-label="Server settings"
        value={attached ? 'attached' : 'own'}
        onChange={(_, next) => field.onChange(next === 'own' ? '' : last.current || (fitting[0]?.fullName ?? ''))}
      >
        <FormControlLabel value="own" control={<Radio />} disabled={readOnly} label="Its own server settings" />
        <FormControlLabel
          value="attached"
          control={<Radio />}
          disabled={readOnly || fitting.length === 0}
          label={
            fitting.length === 0
              ? `An existing connection (no ${definition.title} connection yet)`
              : 'An existing connection'
          }
        />
      </RadioGroup>
      {attached ? (
        <FieldRow
          id={id}
          label="Connection"
          error={fieldState.error?.message}
          help="Server, login, TLS and pool settings come from it."
          control={
            <Select
              fullWidth
              size="small"
              value={field.value}
              disabled={readOnly}
              onChange={(event) => field.onChange(event.target.value)}
              labelId={`${id}-label`}
              SelectDisplayProps={{ id }}
              inputRef={field.ref}
            >
              {fitting.some((each) => each.fullName === field.value) ? null : (
                <MenuItem value={field.value}>{field.value}</MenuItem>
              )}
              {fitting.map((element) => (
                <MenuItem key={element.id} value={element.fullName}>
                  {element.fullName}
                  {element.title && element.title !== element.fullName.split('.').at(-1) ? ` (${element.title})` : ''}
                </MenuItem>
              ))}
            </Select>
          }
        />
      ) : null}
      {isNew && !attached ? (
        <FormControlLabel
          control={
            <Checkbox
              checked={make !== null}
              onChange={(_, on) =>
                onMake(on ? `connections.${freeName(data?.elements ?? [], 'connections', 'Primary')}` : null)
              }
            />
          }
          label={
            make === null ? (
              'Make a connection with it, so that the next database on this server can reuse it'
            ) : (
              <>
                Make the connection <code>{make}</code> with it, so that the next database on this server can reuse it
              </>
            )
          }
        />
      ) : null}
    </Box>
  );
}
