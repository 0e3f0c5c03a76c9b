'use client';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { isReference } from '#elements/connection/fields.ts';
import type { FieldTree } from '#elements/connection/fields.ts';
import { flatten } from '#elements/connection/flatten.ts';
import type { DatabaseDefinition } from '#elements/database/contract.ts';
import { useElement } from '../../_data/use-app-data.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { Provenance } from './Provenance.tsx';

/** What an attached database takes from its connection: read-only here, with the way there. */
export function InheritedFields({ definition, connection }: { definition: DatabaseDefinition; connection: string }) {
  const { app, open } = useWorkbench();
  const { data } = useElement(app, connection);
  const flat = data ? flatten(data.body as FieldTree) : null;
  const shown = definition.sharedFields.filter((field) => flat?.[field.name] !== undefined || !field.optional);
  return (
    <Box component="section" aria-label={`From ${connection}`} sx={{ borderTop: 1, borderColor: 'divider', py: 3 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'baseline', flexWrap: 'wrap', mb: 2 }}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
          From the connection
        </Typography>
        <Link component="button" type="button" onClick={() => open(connection)}>
          Edit {connection}
        </Link>
      </Box>
      {flat ? (
        <Box
          component="dl"
          sx={{
            m: 0,
            display: 'grid',
            gridTemplateColumns: { xs: '1fr', sm: '168px 1fr' },
            columnGap: 3,
            rowGap: 2,
            p: 3,
            bgcolor: 'surface.sunken',
            borderRadius: '8px',
          }}
        >
          {shown.map((field) => {
            const value = flat[field.name];
            return (
              <Box key={field.name} sx={{ display: 'contents' }}>
                <Box component="dt" sx={{ color: 'text.secondary' }}>
                  {field.label}
                </Box>
                <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
                  {isReference(value) ? (
                    <>
                      <code>{`{{ ${value.$env} }}`}</code>
                      <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
                        <Provenance variable={value.$env} optional={field.optional || field.default !== undefined} />
                      </Box>
                    </>
                  ) : (
                    <Literal text={String(value ?? field.default ?? 'not set')} />
                  )}
                </Box>
              </Box>
            );
          })}
        </Box>
      ) : (
        <Skeleton variant="rounded" height={140} />
      )}
    </Box>
  );
}

/** A certificate keeps its lines. */
function Literal({ text }: { text: string }) {
  if (!text.includes('\n')) return text;
  return (
    <Box component="pre" sx={{ m: 0, whiteSpace: 'pre-wrap' }}>
      {text}
    </Box>
  );
}
