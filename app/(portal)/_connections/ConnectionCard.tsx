'use client';
import Box from '@mui/material/Box';
import { Ago } from '#app/_components/Ago.tsx';
import { definitionOfType } from '#elements/database/definitions.ts';
import { EngineLogo } from '#elements/database/ui/EngineLogo.tsx';
import type { ConnectionRow } from '#lib/http/api.ts';
import { titleOfType } from './connection-filter.ts';
import { useConnectionsHost } from './connections-host.ts';
import { DatabaseNames } from './DatabaseNames.tsx';
import { HostLink } from './HostLink.tsx';
import { LastTestLine } from './LastTestLine.tsx';
import { MaskedText } from './MaskedText.tsx';
import { RowButtons } from './RowButtons.tsx';
import { schemasOf } from './schemas-of.ts';

/** CSS pixels: every card is as high, so that those out of sight need not be drawn to be counted. */
export const CARD_HEIGHT = 236;

type Props = { row: ConnectionRow; position: number; of: number };

/** One connection: what it is, where it leads, who uses it, and how its last test went. */
export function ConnectionCard({ row, position, of }: Props) {
  const { showApp } = useConnectionsHost();
  const definition = definitionOfType(row.type);
  const schemas = schemasOf(row);
  return (
    <Box
      component="li"
      aria-setsize={of}
      aria-posinset={position}
      sx={{
        height: CARD_HEIGHT,
        minWidth: 0,
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'background.paper',
        border: 1,
        borderColor: 'divider',
        borderRadius: '10px',
        overflow: 'hidden',
        transition: 'border-color 120ms',
        '&:hover': { borderColor: 'primary.main' },
      }}
    >
      <Box sx={{ display: 'flex', gap: 3, alignItems: 'center', pl: 4, pr: 2, pt: 3, pb: 2 }}>
        {definition ? <EngineLogo engine={definition.engine} size={22} /> : null}
        <Box
          sx={{ flex: 1, minWidth: 0, '& > *': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } }}
        >
          <Box component="h2" sx={{ m: 0, fontSize: 14, lineHeight: '19px', fontWeight: 620 }}>
            <HostLink app={row.app} view={row.fullName} color="inherit">
              {row.title || row.fullName.split('.').at(-1)}
            </HostLink>
          </Box>
          <Box sx={{ fontSize: 12, lineHeight: '16px', color: 'text.secondary' }}>
            {titleOfType(row.type)}
            {showApp ? ` · ${row.app}` : ''} · <code>{row.fullName}</code>
          </Box>
        </Box>
        <RowButtons row={row} />
      </Box>
      <Box
        component="dl"
        sx={{
          flex: 1,
          m: 0,
          px: 4,
          py: 1,
          display: 'grid',
          gridTemplateColumns: '76px minmax(0, 1fr)',
          alignContent: 'start',
          columnGap: 2,
          rowGap: '3px',
          fontSize: 12.5,
          '& dt': { color: 'text.secondary' },
          '& dd': { m: 0, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
        }}
      >
        <dt>Host</dt>
        <dd title={row.host ?? ''}>{row.host ?? '–'}</dd>
        <dt>Databases</dt>
        <dd>
          <DatabaseNames row={row} />
        </dd>
        <dt>Schema</dt>
        <dd title={schemas}>{schemas || '–'}</dd>
        <dt>Last test</dt>
        <dd>
          <LastTestLine row={row} />
        </dd>
      </Box>
      <Box sx={{ px: 2, py: 0.5, mx: 2, bgcolor: 'surface.sunken', borderRadius: '6px' }}>
        <MaskedText name={row.fullName} text={row.text} />
      </Box>
      <Box
        sx={{
          display: 'flex',
          gap: 2,
          px: 4,
          py: 1.5,
          fontSize: 12,
          lineHeight: '16px',
          color: 'text.secondary',
          whiteSpace: 'nowrap',
        }}
      >
        <Box component="code" sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', fontSize: 11 }}>
          {row.id}
        </Box>
        <span>
          created <Ago at={row.createdAt} />
        </span>
      </Box>
    </Box>
  );
}
