'use client';
import Link from '@mui/material/Link';
import type { LinkProps } from '@mui/material/Link';
import { useConnectionsHost } from './connections-host.ts';

/** A real link into an app, which a plain press follows without leaving the workbench. */
export function HostLink({
  app,
  view,
  ...rest
}: { app: string; view: string } & Pick<LinkProps, 'children' | 'sx' | 'color' | 'underline' | 'title'>) {
  const { hrefOf, open } = useConnectionsHost();
  return (
    <Link
      {...rest}
      href={hrefOf(app, view)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open(app, view);
      }}
    />
  );
}
