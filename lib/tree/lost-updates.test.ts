import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createApp } from '#lib/apps/create-app.ts';
import { Fault } from '#lib/core/errors.ts';
import { store } from '#lib/store/store.ts';
import { developer, owner } from '#test/support/actors.ts';
import { ownStore } from '#test/support/store.ts';
import { createElement } from './create-element.ts';
import { deleteElement } from './delete-element.ts';
import { moveElement } from './move-element.ts';
import { saveElement } from './save-element.ts';

const own = ownStore();
beforeAll(own.ready);
afterAll(own.remove);
beforeEach(async () => {
  await store().app.deleteMany();
  await store().elementRevision.deleteMany();
  await createApp(owner, { name: 'shop' });
});

const app = 'shop';
const place = fc.constantFrom('databases.A', 'databases.B', 'databases.c.D');
const act = fc.oneof(
  place.map((fullName) => ({ kind: 'save' as const, fullName })),
  fc.record({ kind: fc.constant('move' as const), fullName: place, to: place }),
  place.map((fullName) => ({ kind: 'delete' as const, fullName })),
);

it('keeps one line of revisions per element, whatever is saved, moved and deleted at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (acts) => {
      await store().app.updateMany({ data: { defaultDatabase: null } });
      await store().element.deleteMany();
      await store().elementRevision.deleteMany();
      for (const [n, fullName] of ['databases.A', 'databases.B'].entries()) {
        const body = { file: `${n}.db` };
        await createElement(developer, { app, fullName, type: 'databases.SqliteType', body });
      }
      const outcomes = await Promise.allSettled(
        acts.map((each, n) => {
          const input = { app, fullName: each.fullName, revision: 1 };
          if (each.kind === 'save') return saveElement(developer, { ...input, body: { file: `new-${n}.db` } });
          return each.kind === 'move'
            ? moveElement(developer, { ...input, to: each.to })
            : deleteElement(developer, input);
        }),
      );
      const failures = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
      expect(failures.filter((reason) => !(reason instanceof Fault))).toEqual([]);
      // All name revision 1, so of each element at most one can have been done.
      const rows = await store().elementRevision.findMany({ orderBy: { revision: 'asc' } });
      const byElement = Map.groupBy(rows, (row) => row.elementId);
      for (const revisions of byElement.values()) {
        expect(revisions.map((row) => row.revision)).toEqual(revisions.map((_, n) => n + 1));
        expect(revisions.length).toBeLessThanOrEqual(2);
      }
      const present = await store().element.findMany();
      for (const element of present) {
        expect(byElement.get(element.elementId)?.at(-1)).toMatchObject({
          revision: element.revision,
          fullName: element.fullName,
        });
      }
    }),
    { numRuns: 20 },
  );
});
