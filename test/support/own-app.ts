import { sealValue } from '#lib/secrets/values.ts';
import type { SourceElement, VariableDefinition } from '#lib/source/source.ts';
import { newId } from '#lib/store/new-id.ts';
import { store, transaction } from '#lib/store/store.ts';

/** An app whose source and values a test sets as it likes, straight in the store. */
export type OwnApp = {
  name: string;
  /** puts these elements and variables in the place of all that were there */
  source(elements: SourceElement[], variables?: Record<string, VariableDefinition>): Promise<void>;
  values(environment: string, values: Record<string, string | null>): Promise<void>;
  environmentId(name: string): string;
};

/** @param environments name → protected */
export async function ownApp(
  name: string,
  environments: Record<string, boolean>,
  defaultDatabase = 'databases.Main',
): Promise<OwnApp> {
  const app = await store().app.create({ data: { id: newId('a'), name, title: name, defaultDatabase } });
  const ids = new Map<string, string>();
  for (const [at, [each, isProtected]] of Object.entries(environments).entries()) {
    const id = newId('v');
    ids.set(each, id);
    await store().environment.create({
      data: { id, appId: app.id, name: each, position: at, protected: isProtected },
    });
  }
  const environmentId = (each: string): string => ids.get(each) ?? '';
  const secrets = new Set<string>();
  return {
    name,
    environmentId,
    async source(elements, variables = {}) {
      await transaction(async (tx) => {
        await tx.element.deleteMany({ where: { appId: app.id } });
        await tx.variable.deleteMany({ where: { appId: app.id } });
        for (const { id, fullName, type, title, body } of elements)
          await tx.element.create({
            data: {
              id: newId('x'),
              appId: app.id,
              elementId: id,
              fullName,
              nameKey: fullName.toLowerCase(),
              type,
              title,
              body: JSON.stringify(body),
            },
          });
        for (const [key, { type, required = false, default: preset }] of Object.entries(variables)) {
          if (type === 'secret') secrets.add(key);
          await tx.variable.create({
            data: {
              id: newId('y'),
              appId: app.id,
              key,
              type,
              required,
              default: preset === undefined ? null : JSON.stringify(preset),
            },
          });
        }
      });
    },
    async values(environment, values) {
      const id = environmentId(environment);
      for (const [key, text] of Object.entries(values))
        await transaction(async (tx) => {
          const old = await tx.value.findUnique({ where: { environmentId_key: { environmentId: id, key } } });
          await tx.value.deleteMany({ where: { environmentId: id, key } });
          if (text === null) return;
          const version = (old?.version ?? 0) + 1;
          const sealed = await sealValue(tx, { appId: app.id, environmentId: id, key, version }, text);
          await tx.value.create({
            data: {
              id: newId('l'),
              environmentId: id,
              key,
              sealed,
              version,
              secret: secrets.has(key),
              setAt: new Date(),
            },
          });
        });
    },
  };
}
