'use client';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Tooltip from '@mui/material/Tooltip';
import { useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { VariableMatrix, VariableRow } from '#lib/http/api.ts';
import { environmentColour } from '../../_workbench/environment-colour.ts';
import { useWorkbench, useWorkbenchState } from '../../_workbench/workbench-context.ts';
import { ValueCell } from './ValueCell.tsx';

type Props = {
  matrix: VariableMatrix;
  rows: VariableRow[];
  onEdit: (row: VariableRow) => void;
  onDelete: (row: VariableRow) => void;
};

const ROW = 53;

/** The grid; rows out of sight are not drawn. */
export function VariableGrid({ matrix: { environments }, rows, onEdit, onDelete }: Props) {
  const { mayEdit } = useWorkbench();
  const { environment: chosen } = useWorkbenchState();
  const scroll = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it keeps state outside React, which only a compiler would trip over
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.start ?? 0;
  const last = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <Box ref={scroll} sx={{ flex: 1, overflow: 'auto', minHeight: 0 }}>
      <Box
        component="table"
        aria-label="Variables and their values"
        aria-rowcount={rows.length + 1}
        sx={{
          borderCollapse: 'separate',
          borderSpacing: 0,
          minWidth: '100%',
          '& th, & td': {
            textAlign: 'left',
            px: 3,
            py: 1.5,
            borderBottom: 1,
            borderColor: 'divider',
            verticalAlign: 'top',
          },
          '& thead th': {
            position: 'sticky',
            top: 0,
            zIndex: 2,
            bgcolor: 'surface.sunken',
            fontSize: 12,
            fontWeight: 550,
            whiteSpace: 'nowrap',
          },
          '& tbody tr:hover': { bgcolor: 'surface.hover' },
          // narrow: type and users stand in the definition's dialog
          '& .detail': { display: { xs: 'none', sm: 'table-cell' } },
          '& .first': {
            position: { md: 'sticky' },
            left: 0,
            zIndex: 1,
            bgcolor: 'background.paper',
            minWidth: { xs: 150, sm: 220 },
            maxWidth: 340,
            borderRight: 1,
            borderColor: 'divider',
            fontWeight: 400,
          },
          '& thead .first': { zIndex: 3, bgcolor: 'surface.sunken' },
          '& tr:hover .first': { bgcolor: 'surface.hover' },
        }}
      >
        <thead>
          <tr>
            <Box component="th" scope="col" className="first">
              Variable
            </Box>
            <th scope="col" className="detail">
              Type
            </th>
            <th scope="col" className="detail">
              Used by
            </th>
            {environments.map(({ name, protected: guarded }) => (
              <Box
                component="th"
                scope="col"
                key={name}
                sx={{
                  boxShadow: `inset 0 3px 0 ${environmentColour(environments, name)}`,
                  color: name === chosen ? 'text.primary' : 'text.secondary',
                }}
              >
                {name}
                {guarded ? (
                  <LockIcon sx={{ fontSize: 13, ml: 1, verticalAlign: 'text-bottom' }} titleAccess="protected" />
                ) : null}
              </Box>
            ))}
            {mayEdit ? (
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {first > 0 ? <tr aria-hidden style={{ height: first }} /> : null}
          {items.map(({ index }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <tr key={row.key} ref={virtual.measureElement} data-index={index} aria-rowindex={index + 2}>
                <Box component="th" scope="row" className="first">
                  <Box component="code" sx={{ display: 'block', overflowWrap: 'anywhere' }}>
                    {row.key}
                  </Box>
                  <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{row.definition.name}</Box>
                </Box>
                <td className="detail" style={{ whiteSpace: 'nowrap' }}>
                  {row.definition.type}
                  {row.definition.required ? <Box sx={{ color: 'text.secondary', fontSize: 12 }}>required</Box> : null}
                </td>
                <td className="detail">
                  <UsedBy row={row} />
                </td>
                {environments.map((environment) => (
                  <td key={environment.name}>
                    <ValueCell variable={row} environment={environment} />
                  </td>
                ))}
                {mayEdit ? (
                  <td style={{ whiteSpace: 'nowrap', textAlign: 'right' }}>
                    <Tooltip title="Edit the definition">
                      <IconButton aria-label={`Edit ${row.key}`} onClick={() => onEdit(row)}>
                        <EditIcon sx={{ fontSize: 16 }} />
                      </IconButton>
                    </Tooltip>
                    <Tooltip title="Delete">
                      <IconButton aria-label={`Delete ${row.key}`} onClick={() => onDelete(row)}>
                        <DeleteIcon sx={{ fontSize: 16 }} />
                      </IconButton>
                    </Tooltip>
                  </td>
                ) : null}
              </tr>
            );
          })}
          {last > 0 ? <tr aria-hidden style={{ height: last }} /> : null}
        </tbody>
      </Box>
    </Box>
  );
}

const SHOWN = 2;

function UsedBy({ row }: { row: VariableRow }) {
  const { open } = useWorkbench();
  if (row.usedBy.length === 0) return <Box sx={{ color: 'text.secondary' }}>unused</Box>;
  return (
    <Box sx={{ display: 'grid', justifyItems: 'start', fontSize: 12 }}>
      {row.usedBy.slice(0, SHOWN).map(({ fullName, field }) => (
        <Link
          key={`${fullName} ${field}`}
          component="button"
          type="button"
          sx={{ fontSize: 12, whiteSpace: 'nowrap' }}
          onClick={() => open(fullName)}
        >
          {fullName.split('.').slice(1).join('.')} · {field}
        </Link>
      ))}
      {row.usedBy.length > SHOWN ? (
        <Tooltip title={row.usedBy.map(({ fullName, field }) => `${fullName} (${field})`).join(', ')}>
          <span>and {row.usedBy.length - SHOWN} more</span>
        </Tooltip>
      ) : null}
    </Box>
  );
}
