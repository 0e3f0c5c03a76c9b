import { RENEW_DAYS } from '#elements/database/tls.ts';
import type { TestStage } from '#lib/http/api.ts';
import { readSource } from '#lib/source/read-source.ts';
import type { ConnectionElement, DatabaseElement, Source } from '#lib/source/source.ts';
import type { AppPlace } from '#lib/source/source-state.ts';
import { store } from '#lib/store/store.ts';
import { loadValues } from '#lib/variables/load-values.ts';
import { resolveElement } from '#lib/variables/resolve-element.ts';
import { nearEnd } from './near-end.ts';

/** `field`: `tls.ca`, `tls.cert`, or `tls.mode` for the certificate that the server showed in its last test */
export type CertificateNearEnd = { environment: string; element: string; field: string; message: string };

/**
 * The certificates of an app that have ended or end within 30 days: those of its saved elements with the values of each
 * environment, and those that servers showed in the last test. Whoever calls has checked the right to read the app.
 * @throws Fault `sealed`
 */
export async function certificatesNearEnd(app: AppPlace, now = Date.now()): Promise<CertificateNearEnd[]> {
  const source = await readSource(app);
  const environments = await store().environment.findMany({ where: { appId: app.id }, orderBy: { position: 'asc' } });
  const own = withTls(source);
  const found: CertificateNearEnd[] = [];
  for (const environment of environments) {
    const values = own.length > 0 ? await loadValues(environment, source.variables) : null;
    for (const element of own) {
      if (!values) continue;
      const { resolved } = resolveElement(source, element, values);
      for (const { field, message } of nearEnd(resolved, now))
        found.push({ environment: environment.name, element: element.fullName, field, message });
    }
    found.push(...(await ofServers(source, environment, now)));
  }
  return found;
}

/** Those that hold certificates themselves: an attached database has its connection's, which is told once. */
function withTls(source: Source): (ConnectionElement | DatabaseElement)[] {
  return source.elements
    .filter((element) => element.family !== 'models')
    .filter(({ body }) => {
      const { tls } = body;
      return typeof tls === 'object' && ('ca' in tls || 'cert' in tls);
    });
}

async function ofServers(
  source: Source,
  environment: { id: string; name: string },
  now: number,
): Promise<CertificateNearEnd[]> {
  const rows = await store().testResult.findMany({ where: { environmentId: environment.id } });
  return rows.flatMap(({ elementId, result }) => {
    const element = source.elements.find(({ id }) => id === elementId);
    const { certificate } = (JSON.parse(result) as TestStage[]).find(({ stage }) => stage === 'tls') ?? {};
    if (!element || !certificate) return [];
    const days = Math.floor((Date.parse(certificate.validTo) - now) / 86_400_000);
    if (days > RENEW_DAYS) return [];
    const when = days < 0 ? `ended ${-days} days ago` : `ends in ${days} days`;
    const message = `The certificate of the server (${certificate.subject}) ${when}.`;
    return [{ environment: environment.name, element: element.fullName, field: 'tls.mode', message }];
  });
}
