'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import type { Pasted } from '#elements/connection/paste/pasted.ts';
import type { ElementNode } from '#lib/http/api.ts';
import type { Family } from '#lib/source/source.ts';
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
}: {
  at: TreeNode | null;
  elements: ElementNode[];
  onClose: () => void;
}) {
  const { open } = useWorkbench();
  const [family, setFamily] = useState<Family>(at?.family ?? 'databases');
  const types = ELEMENT_TYPES.filter((each) => each.family === family);
  const [type, setType] = useState(types[0]);
  const [folder, setFolder] = useState(at && at.kind !== 'element' ? at.id : family);
  const [typed, setTyped] = useState<string | null>(null);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const name = typed ?? freeName(elements, folder, type?.name ?? 'Main');
  const taken = freeName(elements, folder, name) !== name;

  const choose = (next: Family) => {
    setFamily(next);
    const there = ELEMENT_TYPES.filter((each) => each.family === next);
    setType(there.find(({ engine }) => engine === pasted?.engine) ?? there[0]);
    setFolder(next);
  };
  return (
    <FormDialog
      title="Add an element"
      submit="Continue"
      width="sm"
      disabled={!type || !isPlace(family, folder, name) || taken}
      onClose={onClose}
      onSubmit={async () => {
        if (!type) return;
        if (pasted && pasted.engine === type.engine) leavePasted(`${folder}.${name}`, pasted.fields);
        open(draftView(type.type, `${folder}.${name}`));
      }}
    >
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
      {family === 'models' ? null : (
        <PasteSection
          family={family}
          engine={type?.engine ?? null}
          onRead={(read) => {
            setPasted(read);
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
