'use client';
import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { Ago } from '#app/_components/Ago.tsx';
import { definitionOfType } from '#elements/database/definitions.ts';
import { EngineLogo } from '#elements/database/ui/EngineLogo.tsx';
import type { ConnectionRow } from '#lib/http/api.ts';
import { titleOfType } from './connection-filter.ts';
import type { Sort } from './connection-filter.ts';
import { useConnectionsHost } from './connections-host.ts';
import { DatabaseNames } from './DatabaseNames.tsx';
import { HostLink } from './HostLink.tsx';
import { LastTestLine } from './LastTestLine.tsx';
import { MaskedText } from './MaskedText.tsx';
import { rowKey } from './row-actions.ts';
import { RowButtons } from './RowButtons.tsx';
import { schemasOf } from './schemas-of.ts';

const ROW = 50;

const COLUMNS: { title: string; sort: Sort | null; width: number }[] = [
  { title: 'Name', sort: 'name', width: 220 },
  { title: 'Type', sort: 'type', width: 124 },
  { title: 'Host', sort: 'host', width: 170 },
  { title: 'Databases', sort: 'databases', width: 170 },
  { title: 'Schema', sort: null, width: 100 },
  { title: 'Last test', sort: 'test', width: 190 },
  { title: 'Connection string', sort: null, width: 300 },
  { title: 'Created', sort: 'created', width: 124 },
  { title: 'Id', sort: null, width: 190 },
];

type Props = { rows: ConnectionRow[]; sort: Sort; down: boolean; onSort: (sort: string) => void };

/** The same as a table; rows out of sight are not drawn, a press on a heading sorts. */
export function ConnectionTable({ rows, sort, down, onSort }: Props) {
  const { mayEdit } = useConnectionsHost();
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
    <Box
      ref={scroll}
      role="region"
      aria-label="Connections as a table"
      // it scrolls, and keys have to reach it
      tabIndex={0}
      sx={{ flex: 1, overflow: 'auto', minHeight: 0 }}
    >
      <Box
        component="table"
        aria-label="Connections"
        aria-rowcount={rows.length + 1}
        sx={{
          borderCollapse: 'separate',
          borderSpacing: 0,
          tableLayout: 'fixed',
          width: '100%',
          minWidth: COLUMNS.reduce((sum, { width }) => sum + width, 72),
          '& th, & td': { textAlign: 'left', px: 3, borderBottom: 1, borderColor: 'divider' },
          '& thead th': {
            position: 'sticky',
            top: 0,
            zIndex: 2,
            py: 1.5,
            bgcolor: 'surface.sunken',
            fontSize: 12,
            fontWeight: 550,
            whiteSpace: 'nowrap',
          },
          '& tbody th, & tbody td': {
            height: ROW,
            py: 0,
            fontWeight: 400,
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          },
          '& tbody tr:hover, & tbody tr:hover .first, & tbody tr:hover .last': { bgcolor: 'surface.hover' },
          '& .first': { position: { md: 'sticky' }, left: 0, zIndex: 1, bgcolor: 'background.paper' },
          '& .last': { position: 'sticky', right: 0, zIndex: 1, bgcolor: 'background.paper', px: '6px' },
          '& thead .first, & thead .last': { zIndex: 3, bgcolor: 'surface.sunken' },
        }}
      >
        <thead>
          <tr>
            {COLUMNS.map(({ title, sort: by, width }, index) => (
              <Box
                component="th"
                scope="col"
                key={title}
                {...(index === 0 ? { className: 'first' } : {})}
                style={{ width }}
                {...(by === null ? {} : { 'aria-sort': by !== sort ? 'none' : down ? 'descending' : 'ascending' })}
              >
                {by === null ? (
                  title
                ) : (
                  <Heading
                    title={title}
                    direction={by !== sort ? null : down ? 'down' : 'up'}
                    onPress={() => onSort(by === sort && !down ? `-${by}` : by)}
                  />
                )}
              </Box>
            ))}
            {mayEdit ? (
              <th scope="col" className="last" style={{ width: 72 }}>
                <span className="visually-hidden">Actions</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {first > 0 ? <tr aria-hidden style={{ height: first }} /> : null}
          {items.map(({ index }) => {
            const row = rows[index];
            return row ? <Row key={rowKey(row)} row={row} index={index} /> : null;
          })}
          {last > 0 ? <tr aria-hidden style={{ height: last }} /> : null}
        </tbody>
      </Box>
    </Box>
  );
}

type HeadingProps = { title: string; direction: 'up' | 'down' | null; onPress: () => void };

function Heading({ title, direction, onPress }: HeadingProps) {
  const Icon = direction === 'down' ? DownIcon : UpIcon;
  return (
    <ButtonBase
      title={`Sort by ${title.toLowerCase()}`}
      onClick={onPress}
      sx={{ gap: 0.5, borderRadius: '4px', fontSize: 'inherit', fontWeight: 'inherit' }}
    >
      {title}
      <Icon aria-hidden sx={{ fontSize: 13, visibility: direction ? 'visible' : 'hidden' }} />
    </ButtonBase>
  );
}

function Row({ row, index }: { row: ConnectionRow; index: number }) {
  const { mayEdit, showApp } = useConnectionsHost();
  const definition = definitionOfType(row.type);
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className="first">
        <HostLink app={row.app} view={row.fullName} color="inherit" sx={{ fontWeight: 550 }}>
          {row.title || row.fullName.split('.').at(-1)}
        </HostLink>
        <Box
          title={row.fullName}
          sx={{
            fontSize: 12,
            lineHeight: '16px',
            color: 'text.secondary',
            overflow: 'hidden',
            textOverflow: 'ellipsis',
          }}
        >
          {showApp ? `${row.app} · ` : ''}
          <code>{showApp ? row.fullName.slice('connections.'.length) : row.fullName}</code>
        </Box>
      </th>
      <td>
        <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center' }}>
          {definition ? <EngineLogo engine={definition.engine} size={15} /> : null}
          {titleOfType(row.type)}
        </Box>
      </td>
      <td title={row.host ?? ''}>{row.host ?? '–'}</td>
      <td>
        <DatabaseNames row={row} />
      </td>
      <td>{schemasOf(row) || '–'}</td>
      <td>
        <LastTestLine row={row} />
      </td>
      <td>
        <MaskedText name={row.fullName} text={row.text} />
      </td>
      <td>
        <Ago at={row.createdAt} />
      </td>
      <td>
        <Box component="code" title={row.id} sx={{ fontSize: 11, color: 'text.secondary' }}>
          {row.id}
        </Box>
      </td>
      {mayEdit ? (
        <td className="last">
          <RowButtons row={row} />
        </td>
      ) : null}
    </tr>
  );
}
