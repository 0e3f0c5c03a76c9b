import Box from '@mui/material/Box';
import { milliseconds } from '#app/_components/milliseconds.ts';
import type { TestFacts } from '#lib/http/api.ts';

/** What the test found out about server, certificate and limits. */
export function TestFactList({ facts }: { facts: TestFacts }) {
  const rows = rowsOf(facts);
  if (rows.length === 0) return null;
  return (
    <Box
      component="dl"
      aria-label="Facts"
      sx={{
        m: 0,
        px: 3,
        py: 3,
        borderTop: 1,
        borderColor: 'divider',
        display: 'grid',
        gridTemplateColumns: '110px minmax(0, 1fr)',
        columnGap: 3,
        rowGap: 1,
        fontSize: 12,
        overflowWrap: 'anywhere',
      }}
    >
      {rows.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0 }}>
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function rowsOf(facts: TestFacts): [string, string][] {
  const rows: [string, string | null | undefined][] = [
    ['Ran from', ranFrom(facts)],
    ['Server', [facts.server, facts.version].filter(Boolean).join(' ')],
    ['User', facts.user],
    ['Encryption', encryption(facts.tls)],
    ['Certificate', facts.tls?.subject],
    ['Issued by', facts.tls?.issuer],
    ['Names', facts.tls?.names.join(', ')],
    ['Days left', facts.tls?.daysLeft?.toString()],
    ['Latency', facts.latencyMs === undefined ? null : milliseconds(facts.latencyMs)],
    [
      'Clock',
      facts.timeSkewMs === undefined
        ? null
        : `${milliseconds(Math.abs(facts.timeSkewMs))} ${facts.timeSkewMs < 0 ? 'behind' : 'ahead'}`,
    ],
    ['Encoding', facts.encoding],
    ['Connections', connections(facts)],
    ['May do more', facts.excess?.join(', ')],
  ];
  return rows.flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
}

function ranFrom({ from, seenFrom }: TestFacts): string | null {
  if (from === undefined) return null;
  return seenFrom === undefined ? from : `${from}, the server sees ${seenFrom}`;
}

function encryption(tls: TestFacts['tls']): string | null {
  if (tls === undefined) return null;
  return tls === null ? 'none' : `${tls.protocol}, ${tls.verified ? 'verified' : 'not verified'}`;
}

function connections({ connectionLimit, poolMax }: TestFacts): string | null {
  if (poolMax === undefined) return null;
  return `pool of ${poolMax}${typeof connectionLimit === 'number' ? `, the server takes ${connectionLimit}` : ''}`;
}
