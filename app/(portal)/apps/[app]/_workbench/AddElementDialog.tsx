'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import type { Pasted } from '#elements/connection/paste/pasted.ts';
import type { ElementNode } from '#lib/http/api.ts';
import type { Family } from '#lib/source/source.ts';
import { connectionName } from './connection-name.ts';
import { ELEMENT_TYPES, FAMILY_HELP } from './element-types.ts';
import { isPlace, PlaceFields } from './PlaceFields.tsx';
import { leavePasted } from './pasted-drafts.ts';
import { PasteSection } from './PasteSection.tsx';
import { freeName } from './tree-nodes.ts';
import type { TreeNode } from './tree-nodes.ts';
import { TypeCards } from './TypeCards.tsx';
import { draftView } from './view.ts';
import { useWorkbench } from './workbench-context.ts';

const ORDER: Family[] = ['databases', 'connections', 'models'];

/** Family, type, name and place. Opens the designer with an empty element; nothing is stored until it is saved. */
export function AddElementDialog({
  at,
  elements,
  onClose,
  on,
}: {
  at: TreeNode | null;
  elements: ElementNode[];
  onClose: () => void;
  /** the connection that a database is added on: family and engine follow from it */
  on?: ElementNode;
}) {
  const { open } = useWorkbench();
  const [family, setFamily] = useState<Family>(on ? 'databases' : (at?.family ?? 'databases'));
  const types = ELEMENT_TYPES.filter((each) => each.family === family && (!on || each.engine === on.engine));
  const [type, setType] = useState(types[0]);
  const [folder, setFolder] = useState(at && at.kind !== 'element' && at.family === family ? at.id : family);
  const [typed, setTyped] = useState<string | null>(null);
  const [host, setHost] = useState('');
  const proposal = family === 'connections' ? connectionName({ folder, host, engine: type?.engine ?? '' }) : null;
  const name =
    typed ??
    proposal?.find((each) => freeName(elements, folder, each) === each) ??
    freeName(elements, folder, proposal?.[0] ?? type?.name ?? 'Main');
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const taken = freeName(elements, folder, name) !== name;

  const choose = (next: Family) => {
    setHost('');
    setFamily(next);
    const there = ELEMENT_TYPES.filter((each) => each.family === next);
    setType(there.find(({ engine }) => engine === pasted?.engine) ?? there[0]);
    setFolder(next);
  };
  return (
    <FormDialog
      title={on ? `Add a database on ${on.fullName.split('.').at(-1)}` : 'Add an element'}
      submit="Continue"
      width="sm"
      disabled={!type || !isPlace(family, folder, name) || taken}
      onClose={onClose}
      onSubmit={async () => {
        const filled = new URLSearchParams({ ...(on ? { connection: on.fullName } : {}), ...(host ? { host } : {}) });
        if (!type) return;
        if (pasted && pasted.engine === type.engine) leavePasted(`${folder}.${name}`, pasted.fields);
        open(draftView(type.type, `${folder}.${name}`), `?${filled.toString()}`);
      }}
    >
      {on ? (
        <div>
          It takes server, login, TLS and pool settings from <code>{on.fullName}</code>.
        </div>
      ) : (
        <Box>
          <ToggleButtonGroup
            exclusive
            fullWidth
            size="small"
            color="primary"
            aria-label="Family"
            value={family}
            onChange={(_, next: Family | null) => next && choose(next)}
          >
            {ORDER.map((each) => (
              <ToggleButton key={each} value={each} sx={{ textTransform: 'none', py: 1 }}>
                {FAMILY_HELP[each].title}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 1.5 }}>
            {FAMILY_HELP[family].help}
          </Typography>
        </Box>
      )}
      {on || family === 'models' ? null : (
        <PasteSection
          family={family}
          engine={type?.engine ?? null}
          onRead={(read) => {
            setPasted(read);
            const pastedHost = read?.fields['host'];
            if (typeof pastedHost === 'string') setHost(pastedHost);
            const fitting = types.find(({ engine }) => engine === read?.engine);
            if (fitting) setType(fitting);
          }}
        />
      )}
      {types.length > 1 ? <TypeCards types={types} chosen={type?.type ?? ''} onChoose={setType} /> : null}
      {family === 'models' ? (
        <Box>
          <Button
            variant="outlined"
            color="inherit"
            onClick={() => {
              onClose();
              open('from-tables');
            }}
          >
            From existing tables
          </Button>
        </Box>
      ) : null}
      {family === 'connections' ? (
        <LabeledInput
          label="Host"
          mono
          value={host}
          placeholder="db.example.com"
          onChange={(event) => setHost(event.target.value.trim())}
          help="If you have it at hand: the name is proposed from it."
        />
      ) : null}
      <PlaceFields
        family={family}
        folder={folder}
        name={name}
        elements={elements}
        onFolder={setFolder}
        onName={setTyped}
        autoFocus={false}
      />
    </FormDialog>
  );
}
