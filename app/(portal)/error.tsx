'use client';
import Button from '@mui/material/Button';
import { Empty } from '#app/_components/Empty.tsx';

/** What broke stays in the log, under the digest that is shown. */
export default function PortalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main>
      <Empty
        title="This page could not be shown"
        action={
          <>
            <Button variant="contained" onClick={reset}>
              Try again
            </Button>
            <Button color="inherit" href="/">
              Show all apps
            </Button>
          </>
        }
      >
        The portal met something that it did not expect. Try again; if it stays, the portal’s log has the details
        {error.digest ? (
          <>
            {' '}
            under <code>{error.digest}</code>
          </>
        ) : null}
        .
      </Empty>
    </main>
  );
}
