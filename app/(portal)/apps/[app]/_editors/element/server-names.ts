import { request } from '#app/_components/request.ts';
import type { NameChoice } from '#elements/connection/ui/NamePicker.tsx';
import type { Draft } from '#lib/http/api.ts';
import { appPath } from '../../_data/paths.ts';

/**
 * What the fields `database` and `schema` can choose from: asked of the server that the element on the screen names,
 * each time anew. Undefined for any other field. @throws RequestFailure
 */
export function serverNames(app: string, environment: string, draft: () => Draft) {
  const look = () =>
    request<{ databases: NameChoice[]; schemas?: NameChoice[] }>(`${appPath(app)}/databases`, {
      body: { environment, draft: draft(), list: true },
    });
  return (field: string): (() => Promise<NameChoice[]>) | undefined => {
    if (field === 'database') return async () => (await look()).databases;
    if (field === 'schema') return async () => (await look()).schemas ?? [];
    return undefined;
  };
}
