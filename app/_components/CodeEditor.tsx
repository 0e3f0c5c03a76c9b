'use client';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { sql } from '@codemirror/lang-sql';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import Box from '@mui/material/Box';
import { useColorScheme } from '@mui/material/styles';
import CodeMirror from '@uiw/react-codemirror';
import { use, useMemo } from 'react';
import { NonceContext } from './nonce-context.ts';

type Props = {
  language: 'json' | 'sql';
  label: string;
  value: string;
  readOnly?: boolean;
  onChange?: (text: string) => void;
};

const look = EditorView.theme({
  '&': { fontSize: '12.5px', backgroundColor: 'transparent' },
  '.cm-content, .cm-gutters': { fontFamily: 'var(--mono)' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--mui-palette-text-secondary)' },
  '&.cm-focused': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: '-1px' },
});

/** A pane of code. Large: import it lazily. Escape, then Tab leaves it. */
export function CodeEditor({ language, label, value, readOnly = false, onChange }: Props) {
  const { mode, systemMode } = useColorScheme();
  const nonce = use(NonceContext);
  const extensions = useMemo(
    () => [
      look,
      ...(nonce ? [EditorView.cspNonce.of(nonce)] : []),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      ...(language === 'json' ? [json(), linter(jsonParseLinter()), lintGutter()] : [sql()]),
    ],
    [language, label, nonce],
  );
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: '8px', overflow: 'hidden', bgcolor: 'surface.code' }}>
      <CodeMirror
        value={value}
        theme={(mode === 'system' ? systemMode : mode) === 'dark' ? 'dark' : 'light'}
        readOnly={readOnly}
        extensions={extensions}
        onChange={(text) => onChange?.(text)}
        basicSetup={{
          foldGutter: language === 'json',
          highlightActiveLine: !readOnly,
          highlightActiveLineGutter: false,
        }}
      />
    </Box>
  );
}
