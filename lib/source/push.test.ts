import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '#lib/apps/create-app.ts';
import { readApp } from '#lib/apps/read-app.ts';
import type { Fault } from '#lib/core/errors.ts';
import { store } from '#lib/store/store.ts';
import { moveElement } from '#lib/tree/move-element.ts';
import { readElement } from '#lib/tree/read-element.ts';
import { saveElement } from '#lib/tree/save-element.ts';
import { setValues } from '#lib/variables/set-values.ts';
import { developer, owner, viewer } from '#test/support/actors.ts';
import { anySource } from '#test/support/source-arbitrary.ts';
import { ownStore } from '#test/support/store.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { sourceFiles } from './source-files.ts';

const own = ownStore();
beforeAll(own.ready);
afterAll(own.remove);
const anew = async () => {
  await store().app.deleteMany();
  await createApp(owner, { name: 'shop' });
};
beforeEach(anew);

const app = 'shop';
const fault = async (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => Promise.reject(new Error('expected a refusal')),
    (error: Fault) => error,
  );

const json = (value: unknown) => JSON.stringify(value);
/** As a person writes it: no ids, no order, defaults spelt out. */
const byHand = (): Record<string, string> => ({
  'app.json': json({ defaultDatabase: 'databases.Main', name: 'shop', title: 'Shop' }),
  'variables.json': json({ PW: { required: false, type: 'secret' } }),
  'databases/Main/e.json': json({ type: 'databases.PgSqlType', title: 'Main' }),
  'databases/Main/Main.json': json({ user: 'u', port: 5432, host: 'h', password: { $env: 'PW' }, database: 'shop' }),
  'models/Customer/e.json': json({ type: 'models.NormalType' }),
  'models/Customer/Customer.json': json({
    fields: [
      { type: 'integer', primaryKey: true, name: 'id' },
      { name: 'email', type: 'text', required: false },
    ],
    managed: true,
    table: 'customer',
  }),
});
const send = (files: Record<string, string>, base: string | null = null, more = {}) =>
  push(developer, { app, files, base, ...more });

describe('a hand-written tree', () => {
  it('is put into canonical form by the first pull, and byte-identical from then on', async () => {
    const pushed = await send(byHand());
    expect(pushed.created).toEqual([
      'databases.Main',
      'models.Customer',
      'variables.PW',
      'app.title',
      'app.defaultDatabase',
    ]);
    const first = await pull(viewer, { app });
    expect(first.files['databases/Main/Main.json']).toBe(
      '{\n  "database": "shop",\n  "host": "h",\n  "user": "u",\n  "password": {\n    "$env": "PW"\n  }\n}\n',
    );
    expect(first.files['models/Customer/e.json']).toMatch(/^\{\n {2}"id": "e_\w+",\n {2}"title": "Customer",/);
    expect(await send(first.files, first.base)).toMatchObject({
      created: [],
      changed: [],
      deleted: [],
      overwritten: [],
    });
    expect(await pull(viewer, { app })).toEqual(first);
    // The folder as it was written still means the same elements.
    expect(await send(byHand(), pushed.base)).toMatchObject({ created: [], changed: [] });
    expect(await pull(viewer, { app })).toEqual(first);
  });

  it('is refused whole, every fault listed with its file', async () => {
    const files = {
      ...byHand(),
      'databases/Main/Main.json': '{"user": "u", "user": "v"}',
      'models/Customer/e.json': '{"type": "models.NormalType", "colour": 1}',
      'variables.json': '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n',
      'models/../../etc/e.json': '{}',
      'databases/Second/e.json': json({ type: 'databases.PgSqlType' }),
      'databases/Second/Second.json': json({ host: 'h', user: 'u', database: 'd', password: 'hunter2' }),
      'databases/Third/Third.json': '{}',
      'readme.txt': 'x',
      'databases/.DS_Store': 'x',
    };
    const refusal = await fault(send(files));
    expect(refusal.code).toBe('wrong-input');
    const messages = refusal.reasons.map((reason) => reason.message).sort();
    expect(messages).toEqual([
      'databases/Main/Main.json: the key "user" stands twice in one object.',
      expect.stringContaining('databases/Second/Second.json: password: expected a reference to a secret variable'),
      'databases/Third/e.json: expected this file, found none.',
      'models/../../etc/e.json: expected a path within the folder.',
      expect.stringMatching(/^models\/Customer\/e\.json: .*colour/),
      'readme.txt: is no file of an element.',
      expect.stringMatching(/^variables\.json: holds the markers/),
    ]);
    expect(json(refusal.reasons)).not.toContain('hunter2');
    expect((await readApp(viewer, { app })).elements).toEqual([]);
  });

  it('is refused where it is wrong as a whole, or of another app', async () => {
    const files = { ...byHand(), 'variables.json': json({ PW: { type: 'text' } }) };
    expect((await fault(send(files))).reasons[0]).toMatchObject({
      code: 'wrong-variable-type',
      message: expect.stringMatching(/^databases\/Main\/Main\.json: password/),
    });
    expect(await fault(send({ ...byHand(), 'app.json': json({ name: 'other' }) }))).toMatchObject({
      code: 'wrong-input',
    });
    const twice = json({ id: 'e_1', type: 'databases.SqliteType' });
    const same = {
      ...byHand(),
      'databases/A/e.json': twice,
      'databases/A/A.json': json({ file: 'a.db' }),
      'databases/B/e.json': twice,
      'databases/B/B.json': json({ file: 'b.db' }),
    };
    expect((await fault(send(same))).reasons).toMatchObject([{ code: 'wrong-id' }]);
  });
});

describe('conflicts', () => {
  const main = 'databases.Main';
  const file = 'databases/Main/Main.json';
  const withHost = (text: string, host: string) => text.replace('"h"', `"${host}"`);
  const pulled = async () => {
    await send(byHand());
    const bundle = await pull(viewer, { app });
    return { ...bundle, text: bundle.files[file] ?? '' };
  };
  const inPortal = async (host: string) => {
    const { body, revision } = await readElement(viewer, { app, fullName: main });
    await saveElement(developer, { app, fullName: main, revision, body: { ...body, host } });
  };

  it('refuses what both sides changed, takes what one side did, and overwrites with force', async () => {
    const { files, base, text } = await pulled();
    await inPortal('portal');
    expect(await fault(send({ ...files, [file]: withHost(text, 'folder') }, base))).toMatchObject({
      code: 'conflict',
      reasons: [{ element: main }],
    });
    // The same change on both sides is none.
    expect(await send({ ...files, [file]: withHost(text, 'portal') }, base)).toMatchObject({ changed: [] });
    // A folder that did not change it would take the portal's change back.
    expect(await fault(send(files, base))).toMatchObject({ code: 'conflict' });
    const forced = await send({ ...files, [file]: withHost(text, 'folder') }, base, { force: true });
    expect(forced).toMatchObject({ changed: [main], overwritten: [main] });
    expect((await readElement(viewer, { app, fullName: main })).body).toMatchObject({ host: 'folder' });
  });

  it('without a base refuses whatever differs, but nothing that is new', async () => {
    const { files, text } = await pulled();
    expect(await send(files)).toMatchObject({ changed: [] });
    const more = {
      ...files,
      'databases/New/e.json': json({ type: 'databases.SqliteType' }),
      'databases/New/New.json': json({ file: 'n.db' }),
    };
    expect(await send(more)).toMatchObject({ created: ['databases.New'] });
    expect(await fault(send({ ...files, [file]: withHost(text, 'x') }))).toMatchObject({ code: 'conflict' });
  });

  it('deletes with --delete only, and nothing that came to be or changed since the base', async () => {
    const { files, base } = await pulled();
    const { 'models/Customer/e.json': _, 'models/Customer/Customer.json': __, ...fewer } = files;
    const kept = await send(fewer, base);
    expect(kept.deleted).toEqual([]);
    const gone = await send(fewer, kept.base, { delete: true, dryRun: true });
    expect(gone).toMatchObject({ dryRun: true, deleted: ['models.Customer'] });
    expect((await readApp(viewer, { app })).elements).toHaveLength(2);
    await send(
      {
        ...files,
        'models/B/e.json': json({ type: 'models.NormalType' }),
        'models/B/B.json': json({ table: 'b', fields: [{ name: 'a', type: 'integer' }] }),
      },
      base,
    );
    expect(await fault(send(fewer, kept.base, { delete: true }))).toMatchObject({
      code: 'conflict',
      reasons: [{ element: 'models.B' }],
    });
    expect(await send(fewer, kept.base, { delete: true, force: true })).toMatchObject({
      deleted: ['models.B', 'models.Customer'],
    });
  });

  it('knows a move by its id, in the folder and in the portal', async () => {
    const { files, base } = await pulled();
    const { 'models/Customer/e.json': heading = '', 'models/Customer/Customer.json': body = '', ...rest } = files;
    const moved = { ...rest, 'models/crm/Client/e.json': heading, 'models/crm/Client/Client.json': body };
    expect(await send(moved, base)).toMatchObject({
      created: [],
      deleted: [],
      moved: [{ from: 'models.Customer', to: 'models.crm.Client' }],
    });
    await moveElement(developer, { app, fullName: 'models.crm.Client', revision: 2, to: 'models.Person' });
    expect(await fault(send(files, base))).toMatchObject({ code: 'conflict' });
    const { files: now } = await pull(viewer, { app });
    expect(Object.keys(now)).toContain('models/Person/Person.json');
    expect(Object.keys(now)).not.toContain('models/Customer/Customer.json');
  });

  it('lets two elements trade places', async () => {
    const pair = (one: string, other: string) => ({
      'app.json': json({ name: 'shop' }),
      [`databases/${one}/e.json`]: json({ id: 'e_1', type: 'databases.SqliteType' }),
      [`databases/${one}/${one}.json`]: json({ file: '1.db' }),
      [`databases/${other}/e.json`]: json({ id: 'e_2', type: 'databases.SqliteType' }),
      [`databases/${other}/${other}.json`]: json({ file: '2.db' }),
    });
    const { base } = await send(pair('A', 'B'));
    expect(await send(pair('B', 'A'), base)).toMatchObject({
      moved: [
        { from: 'databases.B', to: 'databases.A' },
        { from: 'databases.A', to: 'databases.B' },
      ],
    });
    expect((await readElement(viewer, { app, fullName: 'databases.B' })).body).toEqual({ file: '1.db' });
  });

  it('keeps a field’s id where the file has none, so a model is not taken apart', async () => {
    const { files, base } = await pulled();
    const path = 'models/Customer/Customer.json';
    const renamed = { ...files, [path]: (files[path] ?? '').replace('"f_email"', '"f_mail"') };
    const { base: next } = await send(renamed, base);
    await send({ ...files, [path]: byHand()[path] ?? '' }, next);
    expect((await pull(viewer, { app })).files[path]).toBe(renamed[path]);
  });
});

describe('rule 3.6', () => {
  it('destroys the values of a secret that goes, only with consent', async () => {
    await send(byHand());
    await setValues(developer, { app, env: 'development', values: { PW: 'opensesame' } });
    const { files, base } = await pull(viewer, { app });
    const bare = { ...byHand(), 'variables.json': '{}' };
    expect(await fault(send(bare, base, { delete: true }))).toMatchObject({
      code: 'confirmation-needed',
      reasons: [{ variable: 'PW', environment: 'development' }],
    });
    expect(await store().value.count()).toBe(1);
    expect(JSON.stringify([files, base])).not.toContain('opensesame');
    const result = await send(bare, base, { delete: true, clearValues: true });
    expect(result.deleted).toEqual(['variables.PW']);
    expect(await store().value.count()).toBe(0);
  });
});

it('gives back any source byte by byte, however often it is pushed and pulled', async () => {
  await fc.assert(
    fc.asyncProperty(anySource, async (source) => {
      await anew();
      const files = sourceFiles(source);
      await send(files);
      const first = await pull(viewer, { app });
      expect(first.files).toEqual(files);
      const again = await send(first.files, first.base, { delete: true });
      expect(again).toMatchObject({ created: [], changed: [], deleted: [], moved: [], base: first.base });
      expect(await pull(viewer, { app })).toEqual(first);
    }),
    { numRuns: 30 },
  );
});
