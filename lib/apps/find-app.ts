import type { Actor } from '#lib/access/actor.ts';
import { requireRight, type Right } from '#lib/access/rights.ts';
import { Fault } from '#lib/core/errors.ts';
import { store } from '#lib/store/store.ts';

/**
 * The app that an operation is about, after the check that `actor` holds `right` in it.
 * @throws Fault `no-right`; `not-found`
 */
export async function findApp(actor: Actor, right: Right, name: string) {
  requireRight(actor, right, { app: name });
  const app = await store().app.findUnique({ where: { name } });
  if (!app)
    throw new Fault('not-found', `There is no app ${name}. Choose one from the list of apps (\`mooring app list\`).`);
  return app;
}

/**
 * An environment of an app, after the check that `actor` holds `right` in it, protected or not.
 * @throws Fault `no-right`; `not-found`
 */
export async function findEnvironment(actor: Actor, right: Right, appName: string, name: string) {
  const app = await findApp(actor, 'app:read', appName);
  const environment = await store().environment.findUnique({ where: { appId_name: { appId: app.id, name } } });
  if (!environment || (actor.onlyEnvironment !== null && actor.onlyEnvironment !== name)) {
    throw new Fault(
      'not-found',
      `There is no environment ${name} in ${appName}. Choose one from its environments (\`mooring env list ${appName}\`).`,
    );
  }
  requireRight(actor, right, { app: appName, environment });
  return { app, environment };
}
