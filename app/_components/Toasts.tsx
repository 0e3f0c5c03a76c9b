'use client';
import Alert from '@mui/material/Alert';
import type { AlertColor } from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { createContext, use, useCallback, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { RequestFailure } from './request.ts';

type Toast = { id: number; severity: AlertColor; text: string; undo?: () => void };
type Toasts = {
  /** @param options `undo` takes back what is told */
  say(text: string, options?: { severity?: AlertColor; undo?: () => void }): void;
  /** tells a failure in its own words */
  fail(error: unknown): void;
};

const Context = createContext<Toasts>({ say: () => {}, fail: () => {} });
const SHOWN_MS = 6_000;

export function useToasts(): Toasts {
  return use(Context);
}

/** Short messages at the bottom; errors stay until they are closed. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(1);
  const close = useCallback((id: number) => setToasts((now) => now.filter((each) => each.id !== id)), []);
  const say = useCallback<Toasts['say']>(
    (text, { severity = 'success', undo } = {}) => {
      const id = next.current++;
      setToasts((now) => [...now.slice(-3), { id, severity, text, ...(undo ? { undo } : {}) }]);
      if (severity !== 'error') setTimeout(() => close(id), SHOWN_MS);
    },
    [close],
  );
  const fail = useCallback<Toasts['fail']>((error) => say(messageOf(error), { severity: 'error' }), [say]);
  const value = useMemo(() => ({ say, fail }), [say, fail]);
  return (
    <Context value={value}>
      {children}
      <Box
        aria-live="polite"
        sx={{
          position: 'fixed',
          bottom: 44,
          right: 16,
          left: { xs: 16, sm: 'auto' },
          zIndex: 'snackbar',
          display: 'grid',
          gap: 2,
          maxWidth: { sm: 440 },
        }}
      >
        {toasts.map((toast) => (
          <Alert
            key={toast.id}
            severity={toast.severity}
            variant="filled"
            onClose={() => close(toast.id)}
            {...(toast.undo
              ? {
                  action: (
                    <Button color="inherit" onClick={() => (close(toast.id), toast.undo?.())}>
                      Undo
                    </Button>
                  ),
                }
              : {})}
            sx={{ boxShadow: 6 }}
          >
            {toast.text}
          </Alert>
        ))}
      </Box>
    </Context>
  );
}

export function messageOf(error: unknown): string {
  if (error instanceof RequestFailure) return error.message;
  return 'The page could not finish this. Reload it and try again.';
}
