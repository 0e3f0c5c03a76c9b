'use client';
import Box from '@mui/material/Box';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { modelSchema } from '#elements/model/model.ts';
import { bodyOfDraft } from '#elements/model/ui/body-of-draft.ts';
import { draftOf } from '#elements/model/ui/model-draft.ts';
import type { ModelDraft } from '#elements/model/ui/model-draft.ts';
import { EditorSkeleton } from '../EditorSkeleton.tsx';

const CodeEditor = dynamic(async () => (await import('#app/_components/CodeEditor.tsx')).CodeEditor, {
  ssr: false,
  loading: () => <EditorSkeleton />,
});

type Props = {
  fullName: string;
  path: string | undefined;
  draft: ModelDraft;
  readOnly: boolean;
  onDraft: (next: ModelDraft) => void;
};

/** The model's own file. What is typed here and has the form of a model goes into the designer at once. */
export function ModelSource({ fullName, path, draft, readOnly, onDraft }: Props) {
  const [text, setText] = useState(() => `${JSON.stringify(bodyOfDraft(draft), null, 2)}\n`);
  const [faults, setFaults] = useState<string[]>([]);
  const file = path ?? `${fullName.replaceAll('.', '/')}/${fullName.split('.').at(-1)}.json`;
  const take = (next: string) => {
    setText(next);
    let body: unknown;
    try {
      body = JSON.parse(next);
    } catch (error) {
      setFaults([`JSON is expected: ${error instanceof Error ? error.message : 'it does not parse'}`]);
      return;
    }
    const parsed = modelSchema.safeParse(body);
    setFaults(
      parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`),
    );
    if (parsed.success) onDraft(draftOf(parsed.data));
  };
  return (
    <Box sx={{ maxWidth: 900 }}>
      <Box component="code" sx={{ color: 'text.secondary', display: 'block', mb: 2, overflowWrap: 'anywhere' }}>
        {file}
      </Box>
      <CodeEditor language="json" label={`Source of ${file}`} value={text} readOnly={readOnly} onChange={take} />
      <Box role="status" sx={{ mt: 2, display: 'grid', gap: 1, color: 'error.main', overflowWrap: 'anywhere' }}>
        {faults.map((fault) => (
          <div key={fault}>{fault}</div>
        ))}
        {faults.length > 0 ? <div>The designer keeps the last text that was right.</div> : null}
      </Box>
    </Box>
  );
}
