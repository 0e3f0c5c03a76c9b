'use client';
import Box from '@mui/material/Box';
import type { ConnectionRow } from '#lib/http/api.ts';
import { HostLink } from './HostLink.tsx';

const SHOWN = 2;

/** The databases on a connection, the first ones linked. */
export function DatabaseNames({ row: { app, databases } }: { row: ConnectionRow }) {
  if (databases.length === 0) return <Box sx={{ color: 'text.secondary' }}>unused</Box>;
  return (
    <Box sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
      {databases.slice(0, SHOWN).map(({ fullName, database }, index) => (
        <span key={fullName}>
          {index > 0 ? ', ' : ''}
          <HostLink app={app} view={fullName} title={fullName}>
            {database ?? fullName.split('.').at(-1)}
          </HostLink>
        </span>
      ))}
      {databases.length > SHOWN ? (
        <Box
          component="span"
          title={databases.map(({ fullName }) => fullName).join(', ')}
          sx={{ color: 'text.secondary' }}
        >
          {' '}
          and {databases.length - SHOWN} more
        </Box>
      ) : null}
    </Box>
  );
}
