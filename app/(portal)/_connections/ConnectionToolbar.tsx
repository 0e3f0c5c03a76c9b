'use client';
import CardsIcon from '@mui/icons-material/GridViewOutlined';
import TableIcon from '@mui/icons-material/TableRowsOutlined';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import type { ConnectionRow } from '#lib/http/api.ts';
import { countsOf, STATES, titleOfType } from './connection-filter.ts';
import type { ConnectionQuery, TestState } from './connection-filter.ts';
import { useConnectionsHost } from './connections-host.ts';

export type Layout = 'cards' | 'table';

type Props = {
  all: ConnectionRow[];
  shown: number;
  query: ConnectionQuery;
  layout: Layout;
  onSearch: (name: string, value: string) => void;
  add: ReactNode;
};

const STATE_WORDS: Record<TestState, string> = {
  failed: 'failed',
  warning: 'warning',
  ok: 'ok',
  untested: 'not tested',
};

const SORT_WORDS: Record<string, string> = {
  name: 'Name',
  type: 'Type',
  host: 'Host',
  '-databases': 'Most databases',
  '-created': 'Newest',
  '-test': 'Last tested',
};

/** Search, filters, sort and layout; all of it stands in the address. */
export function ConnectionToolbar({ all, shown, query, layout, onSearch, add }: Props) {
  const { environment } = useConnectionsHost();
  const counts = countsOf(all, environment);
  const sort = `${query.down ? '-' : ''}${query.sort}`;
  const chip = (label: string, on: boolean, press: () => void, alarming = false) => (
    <Chip
      key={label}
      clickable
      component="button"
      aria-pressed={on}
      label={label}
      color={on ? 'primary' : alarming ? 'error' : 'default'}
      variant={on ? 'filled' : 'outlined'}
      onClick={press}
    />
  );
  const toggled = (list: string[], value: string) =>
    (list.includes(value) ? list.filter((each) => each !== value) : [...list, value]).join(',');
  return (
    <Box sx={{ borderBottom: 1, borderColor: 'divider', px: { xs: 4, sm: 5 }, py: 2.5, display: 'grid', gap: 2 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}>
        <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 2, mr: 1, flex: { xs: '1 1 100%', sm: 'none' } }}>
          <Typography variant="h2" component="h1">
            Connections
          </Typography>
          <Box role="status" sx={{ color: 'text.secondary' }}>
            {shown === all.length ? all.length : `${shown} of ${all.length}`}
          </Box>
        </Box>
        <OutlinedInput
          type="search"
          placeholder="Find by name, host or database"
          value={query.text}
          onChange={(event) => onSearch('find', event.target.value)}
          slotProps={{ input: { 'aria-label': 'Find connections' } }}
          sx={{ flex: '1 1 180px', maxWidth: { sm: 280 } }}
        />
        <Box sx={{ flex: { xs: 'none', sm: 1 } }} />
        <Select
          size="small"
          value={sort in SORT_WORDS ? sort : ''}
          displayEmpty
          renderValue={(value) => SORT_WORDS[value] ?? `By ${query.sort}`}
          onChange={(event) => onSearch('sort', event.target.value === 'name' ? '' : event.target.value)}
          SelectDisplayProps={{ 'aria-label': 'Sort by' }}
          sx={{ minWidth: 128 }}
        >
          {Object.entries(SORT_WORDS).map(([value, words]) => (
            <MenuItem key={value} value={value}>
              {words}
            </MenuItem>
          ))}
        </Select>
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label="Layout"
          value={layout}
          onChange={(_, next: Layout | null) => next && onSearch('view', next === 'cards' ? '' : next)}
          sx={{ '& button': { py: '5px', px: 2 } }}
        >
          <ToggleButton value="cards" aria-label="Cards">
            <CardsIcon sx={{ fontSize: 17 }} />
          </ToggleButton>
          <ToggleButton value="table" aria-label="Table">
            <TableIcon sx={{ fontSize: 17 }} />
          </ToggleButton>
        </ToggleButtonGroup>
        {add}
      </Box>
      <Box
        role="group"
        aria-label="Show only"
        sx={{
          display: 'flex',
          gap: 1,
          flexWrap: { xs: 'nowrap', sm: 'wrap' },
          overflowX: 'auto',
          scrollbarWidth: 'none',
          mx: { xs: -4, sm: 0 },
          px: { xs: 4, sm: 0 },
          py: '2px',
        }}
      >
        {counts.types.length > 1
          ? counts.types.map(([type, count]) =>
              chip(`${titleOfType(type)} ${count}`, query.types.includes(type), () =>
                onSearch('type', toggled(query.types, type)),
              ),
            )
          : null}
        {STATES.map((state) =>
          chip(
            `${STATE_WORDS[state]} ${counts.states[state]}`,
            query.states.includes(state),
            () => onSearch('state', toggled(query.states, state)),
            state === 'failed' && counts.states.failed > 0,
          ),
        )}
        {chip(`unused ${counts.unused}`, query.unused, () => onSearch('unused', query.unused ? '' : '1'))}
      </Box>
    </Box>
  );
}
