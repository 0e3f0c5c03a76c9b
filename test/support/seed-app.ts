/** Writes an app straight into the store, for tests of what only reads it. */
import { Secret } from '#lib/core/secret.ts';
import { sealValue } from '#lib/secrets/values.ts';
import type { Source } from '#lib/source/source.ts';
import { newId } from '#lib/store/new-id.ts';
import { transaction } from '#lib/store/store.ts';
import type { TypedValue } from '#lib/variables/resolution.ts';

export type SeedEnvironment = { protected?: boolean; values?: Record<string, TypedValue> };

/** @returns ids of the app and of its environments by name, in the order given */
export function seedApp(source: Source, environments: Record<string, SeedEnvironment>) {
  return transaction(async (tx) => {
    const appId = newId('a');
    const { name, title, defaultDatabase } = source.app;
    await tx.app.create({ data: { id: appId, name, title, defaultDatabase } });
    for (const { id, fullName, type, title, body } of source.elements) {
      const row = { id: newId('r'), appId, elementId: id, fullName, nameKey: fullName.toLowerCase() };
      await tx.element.create({ data: { ...row, type, title, body: JSON.stringify(body) } });
    }
    for (const [key, { type, required, default: value }] of Object.entries(source.variables)) {
      const more = { required: required === true, ...(value !== undefined && { default: JSON.stringify(value) }) };
      await tx.variable.create({ data: { id: newId('v'), appId, key, type, ...more } });
    }
    const ids: Record<string, string> = {};
    for (const [at, [environment, seed]] of Object.entries(environments).entries()) {
      const id = newId('env');
      ids[environment] = id;
      const row = { id, appId, name: environment, position: at, protected: seed.protected === true };
      await tx.environment.create({ data: row });
      for (const [key, value] of Object.entries(seed.values ?? {})) {
        const text = value instanceof Secret ? value : String(value);
        const sealed = await sealValue(tx, { appId, environmentId: id, key, version: 1 }, text);
        const secret = value instanceof Secret;
        await tx.value.create({
          data: { id: newId('val'), environmentId: id, key, sealed, version: 1, secret, setAt: new Date() },
        });
      }
    }
    return { appId, environments: ids };
  });
}

/** Makes `source` the active release of the environments, without a deploy; gives the release's id. */
export function seedRelease(appId: string, source: Source, environmentIds: string[]): Promise<string> {
  return transaction(async (tx) => {
    const number = (await tx.release.count({ where: { appId } })) + 1;
    const id = newId('rel');
    await tx.release.create({ data: { id, appId, hash: id, number, content: JSON.stringify(source) } });
    await tx.environment.updateMany({ where: { id: { in: environmentIds } }, data: { activeReleaseId: id } });
    return id;
  });
}
