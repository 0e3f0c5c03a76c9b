'use client';
import Box from '@mui/material/Box';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useLatest } from '#app/_components/use-latest.ts';
import { bodyFields } from '#elements/connection/body-fields.ts';
import type { BodyFamily } from '#elements/connection/body-fields.ts';
import { checkBody } from '#elements/connection/check-body.ts';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import { bodyOf, slot, valuesOf } from '#elements/connection/ui/form-values.ts';
import type { FormValues } from '#elements/connection/ui/form-values.ts';
import type { DatabaseDefinition } from '#elements/database/contract.ts';
import { useWorkbench } from '../../_workbench/workbench-context.ts';
import { EditorSkeleton } from '../EditorSkeleton.tsx';

const CodeEditor = dynamic(async () => (await import('#app/_components/CodeEditor.tsx')).CodeEditor, {
  ssr: false,
  loading: () => <EditorSkeleton />,
});

type Props = {
  definition: DatabaseDefinition;
  family: BodyFamily;
  path: string;
  all: FieldDefinition[];
  onWrong: (wrong: boolean) => void;
};

/** The element's own file, as a pull writes it. What is typed here and fits goes into the form at once. */
export function SourceView({ definition, family, path, all, onWrong }: Props) {
  const { mayEdit } = useWorkbench();
  const { getValues, setValue } = useFormContext<FormValues>();
  const [text, setText] = useState(() => fileOf(definition, family, getValues()));
  const [faults, setFaults] = useState<string[]>([]);
  const latest = useLatest(onWrong);
  useEffect(() => () => latest.current(false), [latest]);

  const take = (next: string) => {
    setText(next);
    const { body, wrong } = read(definition, family, next);
    setFaults(wrong);
    // a field that only lacks its value is for the form to name; only what the form can not hold keeps one here
    onWrong(body === null);
    if (body === null) return;
    const values = valuesOf(all, getValues(), body);
    setValue('connection', values.connection, { shouldDirty: true });
    for (const { name } of all)
      setValue(`fields.${slot(name)}`, values.fields[slot(name)] ?? '', { shouldDirty: true });
  };

  return (
    <Box>
      <Box component="code" sx={{ color: 'text.secondary', display: 'block', mb: 2, overflowWrap: 'anywhere' }}>
        {path}
      </Box>
      <CodeEditor language="json" label={`Source of ${path}`} value={text} readOnly={!mayEdit} onChange={take} />
      <Box role="status" sx={{ mt: 2, display: 'grid', gap: 1, color: 'error.main', overflowWrap: 'anywhere' }}>
        {faults.map((fault) => (
          <div key={fault}>{fault}</div>
        ))}
      </Box>
    </Box>
  );
}

function fileOf(definition: DatabaseDefinition, family: BodyFamily, values: FormValues): string {
  return `${JSON.stringify(bodyOf(bodyFields(definition, family, values.connection !== ''), values), null, 2)}\n`;
}

/** `body` is null where the form could not show it: no JSON, or keys that no field has. */
function read(
  definition: DatabaseDefinition,
  family: BodyFamily,
  text: string,
): { body: Record<string, unknown> | null; wrong: string[] } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return { body: null, wrong: [`JSON is expected: ${error instanceof Error ? error.message : 'it does not parse'}`] };
  }
  const issues = checkBody(definition, family, body);
  const known = new Set(bodyFields(definition, family).map((field) => field.name)).add('connection');
  const shows = issues.every(({ field }) => known.has(field)) && typeof body === 'object' && body !== null;
  return { body: shows ? (body as Record<string, unknown>) : null, wrong: issues.map(({ message }) => message) };
}
