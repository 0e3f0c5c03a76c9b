'use client';
import Box from '@mui/material/Box';
import { use } from 'react';
import { Ago } from '#app/_components/Ago.tsx';
import { Status } from '#app/_components/Status.tsx';
import { TEST_STAGES } from '#lib/http/api.ts';
import type { ConnectionRow } from '#lib/http/api.ts';
import { lastTestOf } from './connection-filter.ts';
import { useConnectionsHost } from './connections-host.ts';
import { RowActions, rowKey } from './row-actions.ts';

/** Result and age of the last test, or the one that runs; what went wrong stands below. */
export function LastTestLine({ row }: { row: ConnectionRow }) {
  const { environment } = useConnectionsHost();
  const { running } = use(RowActions);
  const stages = running.get(rowKey(row));
  const test = lastTestOf(row, environment);
  return (
    <Box role="status" sx={{ minWidth: 0 }}>
      {stages !== undefined ? (
        <Status kind="running" size={14}>
          testing {stages}/{TEST_STAGES.length}
        </Status>
      ) : test ? (
        <Box
          sx={{ display: 'flex', gap: 1, whiteSpace: 'nowrap', minWidth: 0, '& > :first-of-type': { flex: 'none' } }}
        >
          <Status kind={test.state} size={14}>
            {test.state}
          </Status>
          <Box component="span" sx={{ color: 'text.secondary', overflow: 'hidden', textOverflow: 'ellipsis' }}>
            <Ago at={test.at} />
            {environment === null ? ` in ${test.environment}` : ''}
          </Box>
        </Box>
      ) : (
        <Status kind="off" size={14}>
          not tested
        </Status>
      )}
      {stages === undefined && test?.message ? (
        <Box
          title={test.message}
          sx={{
            color: 'text.secondary',
            fontSize: 12,
            lineHeight: '16px',
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          }}
        >
          {test.message}
        </Box>
      ) : null}
    </Box>
  );
}
