'use client';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import Box from '@mui/material/Box';
import { useId } from 'react';
import { LabeledInput } from '#app/_components/LabeledInput.tsx';
import { ELEMENT_NAME } from '#elements/element-name.ts';
import type { ElementNode } from '#lib/http/api.ts';
import type { Family } from '#lib/source/source.ts';
import { foldersOf } from './tree-nodes.ts';

type Props = {
  family: Family;
  folder: string;
  name: string;
  elements: ElementNode[];
  onFolder: (folder: string) => void;
  onName: (name: string) => void;
  autoFocus?: boolean;
};

/** Folder and name of an element; a folder that is not there is made by typing it. */
export function PlaceFields({ family, folder, name, elements, onFolder, onName, autoFocus = true }: Props) {
  const id = useId();
  const taken = elements.some((element) => element.fullName.toLowerCase() === `${folder}.${name}`.toLowerCase());
  return (
    <>
      <LabeledInput
        label="Name"
        mono
        autoFocus={autoFocus}
        value={name}
        onChange={(event) => onName(event.target.value)}
        help={taken ? `${folder}.${name} is there already.` : undefined}
        error={
          name !== '' && !ELEMENT_NAME.test(name)
            ? 'Letters, digits and _ are expected, a letter first, at most 63.'
            : undefined
        }
      />
      <Box>
        <Typography component="label" htmlFor={id} variant="body2" sx={{ fontWeight: 550, mb: 1, display: 'block' }}>
          Folder
        </Typography>
        <Autocomplete
          id={id}
          freeSolo
          disableClearable
          options={foldersOf(elements, family)}
          inputValue={folder}
          value={folder}
          onInputChange={(_, value) => onFolder(value)}
          renderInput={(parameters) => (
            <TextField
              {...parameters}
              error={!isFolder(family, folder)}
              helperText={
                isFolder(family, folder)
                  ? 'A new folder is made by typing its name.'
                  : `Begin with ${family}, parts joined by dots: ${family}.reporting`
              }
              sx={{ '& input': { fontFamily: 'var(--mono)' } }}
            />
          )}
        />
      </Box>
    </>
  );
}

export function isPlace(family: Family, folder: string, name: string): boolean {
  return isFolder(family, folder) && ELEMENT_NAME.test(name);
}

function isFolder(family: Family, folder: string): boolean {
  const [first, ...rest] = folder.split('.');
  return first === family && rest.every((part) => ELEMENT_NAME.test(part));
}
