'use client';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { FormDialog } from '#app/_components/FormDialog.tsx';
import type { ElementNode } from '#lib/http/api.ts';
import type { Family } from '#lib/source/source.ts';
import { ELEMENT_TYPES, FAMILY_HELP } from './element-types.ts';
import { isPlace, PlaceFields } from './PlaceFields.tsx';
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
  const name = typed ?? freeName(elements, folder, type?.name ?? 'Main');
  const taken = freeName(elements, folder, name) !== name;

  const choose = (next: Family) => {
    setFamily(next);
    setType(ELEMENT_TYPES.find((each) => each.family === next));
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
        if (type) open(draftView(type.type, `${folder}.${name}`));
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
