'use client';
import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import GripIcon from '@mui/icons-material/DragIndicator';
import UndoIcon from '@mui/icons-material/Undo';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { CellCheck, CellInput, CellSelect } from './CellInput.tsx';
import { FieldDefault } from './FieldDefault.tsx';
import { FieldDetails } from './FieldDetails.tsx';
import type { FieldDraft } from './model-draft.ts';
import { FIELD_TYPES, GENERATED } from './type-words.ts';

type Props = {
  field: FieldDraft;
  issues: string[];
  /** place in a key of several fields, from 1; null: not part of one */
  keyPosition: number | null;
  readOnly: boolean;
  first: boolean;
  last: boolean;
  dragged: boolean;
  onSet: (change: Partial<FieldDraft>) => void;
  onMove: (by: number) => void;
  onRemove: (removed: boolean) => void;
  onReference: () => void;
  onDrag: () => void;
  onDragEnd: () => void;
  onDrop: () => void;
};

/** One field. What is wrong with it stands below, tied to its name. */
export function FieldLine(props: Props) {
  const { field, issues, keyPosition, readOnly, first, last, dragged } = props;
  const { onSet, onMove, onRemove, onReference, onDrag, onDragEnd, onDrop } = props;
  const errors = useId();
  const called = field.name || 'the new field';
  const off = readOnly || field.removed;
  const wrong = issues.length > 0 && !field.removed;
  return (
    <>
      <Box
        component="tr"
        data-field={field.id}
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || off) return;
          event.preventDefault();
          onMove(event.key === 'ArrowUp' ? -1 : 1);
        }}
        sx={{
          opacity: dragged ? 0.5 : 1,
          textDecoration: field.removed ? 'line-through' : 'none',
          display: { xs: 'grid', md: 'table-row' },
          gridTemplateColumns: { xs: 'repeat(6, minmax(0, 1fr))' },
          border: { xs: LINE, md: 'none' },
          borderRadius: { xs: '8px', md: 0 },
          p: { xs: 2, md: 0 },
          '& td': { borderTop: { xs: 'none', md: LINE } },
        }}
      >
        <Cell label="Name" span={3}>
          <CellInput
            label={`Name of ${field.name || 'the new field'}`}
            value={field.name}
            disabled={off}
            aria-invalid={wrong}
            aria-describedby={wrong ? errors : undefined}
            placeholder="name"
            onText={(name) => onSet({ name })}
            style={field.removed ? { textDecoration: 'line-through' } : undefined}
          />
        </Cell>
        <Cell label="Type" span={3}>
          <CellSelect
            label={`Type of ${called}`}
            mono
            value={field.type}
            options={FIELD_TYPES}
            disabled={off}
            onText={(type) => {
              onSet({ type: type as FieldDraft['type'] });
              if (type === 'reference') onReference();
            }}
          />
        </Cell>
        <Cell label="Details" span={6}>
          <FieldDetails field={field} called={called} disabled={off} onSet={onSet} onReference={onReference} />
        </Cell>
        <Cell label="Required" span={2}>
          <CellCheck
            label={`${called} is required`}
            checked={field.required || field.primaryKey}
            disabled={off || field.primaryKey}
            onCheck={(required) => onSet({ required })}
          />
        </Cell>
        <Cell label="Unique" span={2}>
          <CellCheck
            label={`${called} is unique`}
            checked={field.unique}
            disabled={off}
            onCheck={(unique) => onSet({ unique })}
          />
        </Cell>
        <Cell label="Key" span={2}>
          <Box sx={{ display: 'flex', alignItems: 'center' }}>
            <CellCheck
              label={`${called} is part of the primary key`}
              checked={field.primaryKey}
              disabled={off}
              onCheck={(primaryKey) => onSet({ primaryKey })}
            />
            {keyPosition === null ? null : (
              <Box component="span" sx={{ fontSize: 12, color: 'text.secondary' }} title="place in the key">
                {keyPosition}
              </Box>
            )}
          </Box>
        </Cell>
        <Cell label="Generated" span={3}>
          <CellSelect
            label={`What generates ${called}`}
            value={field.generated}
            options={GENERATED}
            disabled={off}
            onText={(generated) => onSet({ generated: generated as FieldDraft['generated'] })}
          />
        </Cell>
        <Cell label="Default" span={3}>
          <FieldDefault field={field} called={called} disabled={off || field.generated !== ''} onSet={onSet} />
        </Cell>
        <Cell label="Column" span={3}>
          <CellInput
            label={`Column of ${called}`}
            mono
            value={field.column}
            placeholder={field.name}
            disabled={off}
            onText={(column) => onSet({ column })}
          />
        </Cell>
        <Cell label="Comment" span={3}>
          <CellInput
            label={`Comment of ${called}`}
            value={field.comment}
            disabled={off}
            onText={(comment) => onSet({ comment })}
          />
        </Cell>
        <Cell label="" span={6}>
          {readOnly ? null : field.removed ? (
            <Button
              color="inherit"
              startIcon={<UndoIcon />}
              aria-label={`Undo the removal of ${called}`}
              onClick={() => onRemove(false)}
            >
              Undo
            </Button>
          ) : (
            <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
              <Box
                component="span"
                draggable
                aria-hidden
                onDragStart={onDrag}
                onDragEnd={onDragEnd}
                sx={{ cursor: 'grab', p: '5px 0', color: 'text.secondary', display: { xs: 'none', md: 'inline' } }}
              >
                <GripIcon sx={{ fontSize: 17 }} />
              </Box>
              <IconButton aria-label={`Move ${called} up`} disabled={first} onClick={() => onMove(-1)} sx={{ p: 1 }}>
                <UpIcon sx={{ fontSize: 16 }} />
              </IconButton>
              <IconButton aria-label={`Move ${called} down`} disabled={last} onClick={() => onMove(1)} sx={{ p: 1 }}>
                <DownIcon sx={{ fontSize: 16 }} />
              </IconButton>
              <IconButton aria-label={`Remove ${called}`} onClick={() => onRemove(true)} sx={{ p: 1 }}>
                <DeleteIcon sx={{ fontSize: 16 }} />
              </IconButton>
            </Box>
          )}
        </Cell>
      </Box>
      {wrong ? (
        <Box component="tr" sx={{ display: { xs: 'block', md: 'table-row' } }}>
          <Box
            component="td"
            colSpan={11}
            id={errors}
            sx={{
              pt: '0 !important',
              color: 'error.main',
              fontSize: 12,
              overflowWrap: 'anywhere',
              display: { xs: 'block', md: 'table-cell' },
            }}
          >
            {issues.join(' ')}
          </Box>
        </Box>
      ) : null}
    </>
  );
}

const LINE = '1px solid var(--mui-palette-divider)';

/** A cell, with its heading above it where the table is too narrow for one. @param span of six, there */
function Cell({ label, span, children }: { label: string; span: number; children: ReactNode }) {
  return (
    <Box
      component="td"
      data-label={label}
      sx={{
        gridColumn: `span ${span}`,
        '&::before': {
          content: 'attr(data-label)',
          display: { xs: label ? 'block' : 'none', md: 'none' },
          fontSize: 12,
          color: 'text.secondary',
        },
      }}
    >
      {children}
    </Box>
  );
}
