'use client';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { request } from '#app/_components/request.ts';
import { useToasts } from '#app/_components/Toasts.tsx';
import { VARIABLE_KEY } from '#elements/connection/check-field-value.ts';
import type { VariableRow } from '#lib/http/api.ts';
import type { VariableType } from '#lib/source/source.ts';
import { variablePath } from '../../_data/paths.ts';
import { useRefresh } from '../../_data/use-app-data.ts';
import { typed } from '../../_workbench/panel/variable-draft.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';

const TYPES: { type: VariableType; help: string }[] = [
  { type: 'text', help: 'A text of one line.' },
  { type: 'number', help: 'A whole number, such as a port.' },
  { type: 'boolean', help: 'true or false.' },
  { type: 'secret', help: 'Sealed, write-only; stands in passwords and keys only.' },
  { type: 'file', help: 'PEM text, such as a certificate.' },
];

/** Defines a variable, or changes its definition. Its values are set in the grid. */
export function VariableDialog({ variable, onClose }: { variable: VariableRow | null; onClose: () => void }) {
  const { app } = useWorkbench();
  const refresh = useRefresh(app);
  const { say } = useToasts();
  const typeId = useId();
  const before = variable?.definition;
  const [key, setKey] = useState(variable?.key ?? '');
  const [type, setType] = useState<VariableType>(before?.type ?? 'text');
  const [name, setName] = useState(before?.name ?? '');
  const [description, setDescription] = useState(before?.description ?? '');
  const [byDefault, setDefault] = useState(before?.default === undefined ? '' : String(before.default));
  const [required, setRequired] = useState(before?.required ?? false);
  const [clears, setClears] = useState(false);
  const destroys = before?.type === 'secret' && type !== 'secret';
  return (
    <FormDialog
      title={variable ? `Edit ${variable.key}` : 'Add a variable'}
      submit={variable ? 'Save' : 'Add'}
      width="sm"
      disabled={!VARIABLE_KEY.test(key) || (destroys && !clears)}
      onClose={onClose}
      onSubmit={async () => {
        const definition = {
          ...(name.trim() ? { name: name.trim() } : {}),
          ...(description.trim() ? { description: description.trim() } : {}),
          type,
          ...(required ? { required } : {}),
          ...(type !== 'secret' && byDefault !== '' ? { default: typed(type, byDefault) } : {}),
        };
        await request(variablePath(app, key), {
          method: 'PUT',
          body: { definition, ...(destroys ? { clearValues: true } : {}) },
        });
        await refresh();
        say(`${key} is ${variable ? 'saved' : 'added'}.`);
      }}
    >
      <LabeledInput
        label="Key"
        mono
        autoFocus={!variable}
        readOnly={variable !== null}
        value={key}
        placeholder="SHOP_DB_HOST"
        onChange={(event) => setKey(event.target.value.toUpperCase())}
        error={
          key !== '' && !VARIABLE_KEY.test(key)
            ? 'Capital letters, digits and _ are expected, a letter first.'
            : undefined
        }
      />
      <Box>
        <Typography component="label" id={typeId} variant="body2" sx={{ fontWeight: 550, mb: 1, display: 'block' }}>
          Type
        </Typography>
        <Select
          fullWidth
          size="small"
          labelId={typeId}
          value={type}
          onChange={(event) => setType(event.target.value as VariableType)}
        >
          {TYPES.map((each) => (
            <MenuItem key={each.type} value={each.type}>
              {each.type}
              <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
                {each.help}
              </Box>
            </MenuItem>
          ))}
        </Select>
      </Box>
      {destroys ? (
        <Alert severity="warning">
          A variable that has been secret loses its values in every environment when its type changes.
          <FormControlLabel
            control={<Checkbox checked={clears} onChange={(_, on) => setClears(on)} />}
            label="Destroy its values"
          />
        </Alert>
      ) : null}
      <LabeledInput label="Name" value={name} onChange={(event) => setName(event.target.value)} />
      <LabeledInput
        label="Description"
        multiline
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
      {type === 'secret' ? null : (
        <LabeledInput
          label="Default value"
          multiline={type === 'file'}
          value={byDefault}
          onChange={(event) => setDefault(event.target.value)}
          help="Used where an environment sets nothing, unless the variable is required."
        />
      )}
      <FormControlLabel
        control={<Checkbox checked={required} onChange={(_, on) => setRequired(on)} />}
        label="Required: each environment but development must set it before a deploy"
      />
    </FormDialog>
  );
}
