'use client';
import Box from '@mui/material/Box';
import { Ago } from '#app/_components/Ago.tsx';
import { Status } from '#app/_components/Status.tsx';
import type { EnvironmentRow } from '#lib/http/api.ts';

/** What an environment serves now, in one line. */
export function ServingLine({ environment }: { environment: EnvironmentRow | undefined }) {
  if (!environment) return <Box sx={{ height: 19 }} />;
  const { active, missing } = environment;
  if (!active) return <Status kind="off">not deployed yet</Status>;
  if (missing.length > 0) return <Status kind="failed">unavailable until {missing.join(', ')} is set again</Status>;
  return (
    <Status kind="ok">
      <span>
        serves release {active.number}, deployed <Ago at={active.at} />
      </span>
    </Status>
  );
}
