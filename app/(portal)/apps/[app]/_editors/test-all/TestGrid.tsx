'use client';
import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ElementNode } from '#lib/http/api.ts';
import { environmentColour } from '../../_workbench/environment-colour.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { TestCell } from './TestCell.tsx';
import { cellOf, isCalm } from './test-grid.ts';
import type { Run } from './test-grid.ts';

type Props = { rows: ElementNode[]; environments: { name: string; protected: boolean }[]; run: Run };

const ROW = 38;

/** Elements × environments; rows out of sight are not drawn. */
export function TestGrid({ rows, environments, run }: Props) {
  const { open } = useWorkbench();
  const scroll = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it keeps state outside React, which only a compiler would trip over
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    getItemKey: (index) => rows[index]?.id ?? index,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.start ?? 0;
  const last = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <Box
      ref={scroll}
      role="region"
      aria-label="Tests in all environments"
      // it scrolls, and keys have to reach it
      tabIndex={0}
      sx={{ flex: 1, overflow: 'auto', minHeight: 0 }}
    >
      <Box
        component="table"
        aria-label="Elements and environments"
        aria-rowcount={rows.length + 1}
        sx={{
          borderCollapse: 'separate',
          borderSpacing: 0,
          minWidth: '100%',
          fontSize: 13,
          '& th, & td': { textAlign: 'left', px: 3, py: 2, borderBottom: 1, borderColor: 'divider' },
          '& td': { minWidth: 190, maxWidth: 340, verticalAlign: 'top' },
          '& thead th': {
            position: 'sticky',
            top: 0,
            zIndex: 2,
            py: 1.5,
            bgcolor: 'surface.sunken',
            color: 'text.secondary',
            fontSize: 12,
            fontWeight: 550,
            whiteSpace: 'nowrap',
          },
          '& tbody tr:hover': { bgcolor: 'surface.hover' },
          // alike everywhere: the eye is for the rest
          '& .calm td > span': { color: 'text.secondary' },
          '& .first': {
            position: 'sticky',
            left: 0,
            zIndex: 1,
            bgcolor: 'background.paper',
            width: { xs: 132, sm: 260 },
            minWidth: { xs: 132, sm: 200 },
            maxWidth: { xs: 132, sm: 340 },
            borderRight: 1,
            borderColor: 'divider',
            fontWeight: 400,
            verticalAlign: 'top',
            overflowWrap: 'anywhere',
          },
          '& thead .first': { zIndex: 3, bgcolor: 'surface.sunken' },
          '& tr:hover .first': { bgcolor: 'surface.hover' },
        }}
      >
        <thead>
          <tr>
            <Box component="th" scope="col" className="first">
              Element
            </Box>
            {environments.map(({ name, protected: guarded }) => (
              <Box
                component="th"
                scope="col"
                key={name}
                sx={{ boxShadow: `inset 0 3px 0 ${environmentColour(environments, name)}` }}
              >
                {name}
                {guarded ? (
                  <LockIcon sx={{ fontSize: 13, ml: 1, verticalAlign: 'text-bottom' }} titleAccess="protected" />
                ) : null}
              </Box>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 ? <tr aria-hidden style={{ height: first }} /> : null}
          {items.map(({ index, key }) => {
            const row = rows[index];
            if (!row) return null;
            const cells = environments.map(({ name }) => ({ name, cell: cellOf(row, name, run) }));
            return (
              <tr
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
                className={isCalm(cells.map(({ cell }) => cell)) ? 'calm' : undefined}
              >
                <Box component="th" scope="row" className="first">
                  <Link component="button" type="button" onClick={() => open(row.fullName)} sx={{ textAlign: 'left' }}>
                    <code>{row.fullName}</code>
                  </Link>
                </Box>
                {cells.map(({ name, cell }) => (
                  <td key={name}>
                    <TestCell cell={cell} place={{ element: row.fullName, environment: name }} />
                  </td>
                ))}
              </tr>
            );
          })}
          {last > 0 ? <tr aria-hidden style={{ height: last }} /> : null}
        </tbody>
      </Box>
    </Box>
  );
}
