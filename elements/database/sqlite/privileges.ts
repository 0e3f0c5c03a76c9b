import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Rights, Session, Target } from '../contract.ts';

/** A file has no users: what the portal's own account may do with it is what everyone may. */
export async function rights(session: Session, target: Target): Promise<Rights> {
  await session.run({ sql: 'select count(*) from sqlite_schema', parameters: [] });
  const write = target.readOnly ? 'the database is set to read only' : await obstacle(target);
  const changes = write ? ({ right: 'no', detail: write } as const) : null;
  return {
    read: { right: 'yes', detail: 'the file can be read' },
    write: changes ?? { right: 'yes', detail: 'the file and its folder can be written' },
    ddl: changes ?? { right: 'yes', detail: 'who may write the file may change its tables' },
    excess: [],
  };
}

/** The log of a transaction lies beside the file, so the folder must take files too. */
async function obstacle({ endpoint }: Target): Promise<string | null> {
  const path = endpoint.kind === 'file' ? endpoint.path : '';
  if (!(await allowed(path))) return 'the file can not be written';
  return (await allowed(dirname(path))) ? null : 'the folder of the file can not be written';
}

function allowed(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}
