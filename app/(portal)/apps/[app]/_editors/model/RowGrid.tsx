'use client';
import DownIcon from '@mui/icons-material/ArrowDownward';
import UpIcon from '@mui/icons-material/ArrowUpward';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { Row } from './rows-request.ts';

type Props = {
  model: string;
  fields: { name: string; type: string }[];
  rows: Row[];
  /** `name.asc`, `name.desc` or '' */
  order: string;
  /** name of the embedded row and of its label, by reference field */
  embeds: ReadonlyMap<string, { as: string; label: string }>;
  busy: boolean;
  onOrder: (order: string) => void;
};

const NUMBERS = new Set(['integer', 'bigint', 'decimal', 'double']);

/** Rows as a table; a press on a heading sorts. */
export function RowGrid({ model, fields, rows, order, embeds, busy, onOrder }: Props) {
  const [sorted, direction] = order.split('.');
  return (
    <Box
      role="region"
      aria-label={`Rows of ${model}`}
      // it scrolls, and keys have to reach it
      tabIndex={0}
      aria-busy={busy}
      sx={{
        overflow: 'auto',
        maxHeight: 'calc(100dvh - 330px)',
        minHeight: 160,
        border: 1,
        borderColor: 'divider',
        borderRadius: '8px',
        opacity: busy ? 0.7 : 1,
      }}
    >
      <Box
        component="table"
        sx={{
          borderCollapse: 'separate',
          borderSpacing: 0,
          minWidth: '100%',
          fontSize: 12.5,
          '& th, & td': { px: 2.5, py: 1, textAlign: 'left', whiteSpace: 'nowrap' },
          '& th': {
            position: 'sticky',
            top: 0,
            bgcolor: 'surface.sunken',
            borderBottom: 1,
            borderColor: 'divider',
            zIndex: 1,
          },
          '& tbody tr + tr td': { borderTop: '1px solid var(--mui-palette-divider)' },
          '& tbody tr:hover': { bgcolor: 'surface.hover' },
        }}
      >
        <thead>
          <tr>
            {fields.map(({ name, type }) => {
              const here = sorted === name ? direction : null;
              const Icon = here === 'desc' ? DownIcon : UpIcon;
              return (
                <Box
                  component="th"
                  scope="col"
                  key={name}
                  aria-sort={here === 'asc' ? 'ascending' : here === 'desc' ? 'descending' : 'none'}
                >
                  <ButtonBase
                    title={`Sort by ${name}`}
                    onClick={() => onOrder(here === null ? `${name}.asc` : here === 'asc' ? `${name}.desc` : '')}
                    sx={{
                      display: 'block',
                      borderRadius: '4px',
                      // over its numbers
                      ...(NUMBERS.has(type) ? { ml: 'auto', textAlign: 'right' } : { textAlign: 'left' }),
                    }}
                  >
                    <Box
                      sx={{
                        display: 'flex',
                        flexDirection: NUMBERS.has(type) ? 'row-reverse' : 'row',
                        alignItems: 'center',
                        gap: 0.5,
                        fontWeight: 550,
                      }}
                    >
                      {name}
                      <Icon aria-hidden sx={{ fontSize: 13, visibility: here ? 'visible' : 'hidden' }} />
                    </Box>
                    <Box sx={{ color: 'text.secondary', fontSize: 11, fontWeight: 400, fontFamily: 'var(--mono)' }}>
                      {type}
                    </Box>
                  </ButtonBase>
                </Box>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a page of rows comes and goes as a whole
            <tr key={index}>
              {fields.map(({ name, type }) => {
                const embed = embeds.get(name);
                const related = embed ? (row[embed.as] as Row | null | undefined) : null;
                return (
                  <Box
                    component="td"
                    key={name}
                    sx={
                      NUMBERS.has(type) && !related
                        ? { textAlign: 'right !important', fontFamily: 'var(--mono)' }
                        : { maxWidth: 380, overflow: 'hidden', textOverflow: 'ellipsis' }
                    }
                    {...(typeof row[name] === 'string' && row[name].length > 50 ? { title: row[name] } : {})}
                  >
                    <Value value={row[name]} />{' '}
                    {related && embed ? (
                      <Box component="span" sx={{ color: 'text.secondary', ml: 1.5 }}>
                        {String(related[embed.label] ?? '')}
                      </Box>
                    ) : null}
                  </Box>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}

function Value({ value }: { value: unknown }) {
  if (value === null || value === undefined)
    return (
      <Box component="em" sx={{ color: 'text.secondary' }}>
        null
      </Box>
    );
  if (typeof value === 'object') return <code>{JSON.stringify(value)}</code>;
  return <>{String(value)}</>;
}
