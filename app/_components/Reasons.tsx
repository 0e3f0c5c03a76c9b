import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import type { Reason } from '#lib/core/errors.ts';

/** Reasons as a list: where, what, what next. `act` gives the button that mends one. */
export function Reasons({ reasons, act }: { reasons: Reason[]; act?: (reason: Reason) => ReactNode }) {
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
      {reasons.map((reason) => (
        <Box
          component="li"
          key={`${reason.code}${reason.element}${reason.field}${reason.variable}${reason.environment}`}
          sx={{ display: 'flex', gap: 3, alignItems: 'flex-start' }}
        >
          <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
            <Place reason={reason} />
            <div>{reason.message}</div>
            {reason.next && !reason.message.includes(reason.next) ? (
              <Box sx={{ color: 'text.secondary' }}>{reason.next}</Box>
            ) : null}
          </Box>
          {act?.(reason)}
        </Box>
      ))}
    </Box>
  );
}

function Place({ reason }: { reason: Reason }) {
  const place = [reason.element, reason.field, reason.variable].filter(Boolean).join(' · ');
  return place ? (
    <Box component="code" sx={{ color: 'text.secondary' }}>
      {place}
    </Box>
  ) : null;
}
