'use client';
import AddIcon from '@mui/icons-material/Add';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { CellInput, CellSelect } from '#elements/model/ui/CellInput.tsx';
import { filterQuery, filtersOf, OPERATORS, takesValue } from './row-filter.ts';
import type { RowFilter, RowOperator } from './row-filter.ts';

type Props = { fields: string[]; applied: string; onApply: (query: string) => void };

/** Field, operator, value; Enter applies. Mount it anew for another applied query. */
export function RowFilters({ fields, applied, onApply }: Props) {
  const [filters, setFilters] = useState(() => filtersOf(applied));
  const set = (index: number, change: Partial<RowFilter>) =>
    setFilters((now) => now.map((each, at) => (at === index ? { ...each, ...change } : each)));
  const changed = filterQuery(filters) !== applied;
  return (
    <Box
      component="form"
      role="search"
      aria-label="Filter rows"
      onSubmit={(event) => {
        event.preventDefault();
        onApply(filterQuery(filters));
      }}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', flex: 1 }}
    >
      {filters.map((filter, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a condition is its place in the list
        <Box key={index} role="group" aria-label={`Filter ${index + 1}`} sx={{ display: 'flex', gap: 0.5 }}>
          <Box sx={{ width: 116 }}>
            <CellSelect
              label="Field"
              value={filter.field}
              options={Object.fromEntries(fields.map((name) => [name, name]))}
              onText={(field) => set(index, { field })}
            />
          </Box>
          <Box sx={{ width: 92 }}>
            <CellSelect
              label="Operator"
              value={filter.operator}
              options={OPERATORS}
              onText={(operator) => set(index, { operator: operator as RowOperator })}
            />
          </Box>
          {takesValue(filter.operator) ? (
            <Box sx={{ width: 120 }}>
              <CellInput label="Value" value={filter.value} onText={(value) => set(index, { value })} />
            </Box>
          ) : null}
          <IconButton
            aria-label={`Remove filter ${index + 1}`}
            onClick={() => {
              const rest = filters.toSpliced(index, 1);
              setFilters(rest);
              onApply(filterQuery(rest));
            }}
          >
            <CloseIcon sx={{ fontSize: 15 }} />
          </IconButton>
        </Box>
      ))}
      <Button
        color="inherit"
        startIcon={<AddIcon />}
        onClick={() => setFilters([...filters, { field: fields[0] ?? '', operator: 'eq', value: '' }])}
      >
        Add a filter
      </Button>
      {filters.length > 0 && changed ? (
        <Button type="submit" variant="contained">
          Apply
        </Button>
      ) : null}
    </Box>
  );
}
