import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitions } from '#elements/database/definitions.ts';
import type { Field } from '#elements/model/model.ts';
import { drainAll } from '#lib/connections/pools.ts';
import { planDeploy } from '#lib/deploy/plan-deploy.ts';
import type { SourceElement } from '#lib/source/source.ts';
import { owner } from '#test/support/actors.ts';
import { deployed, field, idField, model, statements } from '#test/support/deploy-driver.ts';
import { enginesUnderTest, type LiveEngine, startEngine } from '#test/support/live-engines.ts';
import { type OwnApp, ownApp } from '#test/support/own-app.ts';
import { ownStore } from '#test/support/store.ts';

const { ready, remove } = ownStore();

beforeAll(ready);
afterAll(async () => {
  await drainAll();
  await remove();
});

const EVERY: Field[] = [
  idField,
  field('text', { type: 'text', length: 40, default: `it's "so"`, comment: `a 'text'` }),
  field('text_open', { type: 'text' }),
  field('long', { type: 'longText' }),
  field('integer', { type: 'integer', default: 7, required: true }),
  field('bigint', { type: 'bigint', default: -1 }),
  field('decimal', { type: 'decimal', precision: 12, scale: 2, default: 1.5 }),
  field('double', { type: 'double', default: 0.25 }),
  field('boolean', { type: 'boolean', default: true }),
  field('no', { type: 'boolean', default: false, required: true }),
  field('date', { type: 'date', default: '2026-01-31' }),
  field('time', { type: 'time' }),
  field('datetime', { type: 'datetime', default: 'now' }),
  field('instant', { type: 'instant', default: 'now', required: true }),
  field('uuid', { type: 'uuid', default: 'uuid' }),
  field('json', { type: 'json' }),
  field('binary', { type: 'binary' }),
  field('choice', { type: 'choice', options: ['a', `b's`], default: 'a' }),
  field('order', { type: 'integer', column: 'Sort Order' }),
];

const tag = model('Tag', [idField, field('name', { length: 50, unique: true, required: true })]);
const every = model('Every', EVERY, {
  comment: 'all types',
  indexes: [
    { name: 'every_by_date', fields: ['date', 'time'] },
    { name: 'every_by_text', fields: ['text', 'order'], unique: true },
  ],
});
const every_tag = model(
  'EveryTag',
  [
    field('every_id', { type: 'reference', model: 'models.Every', onDelete: 'cascade', required: true }),
    field('tag_id', { type: 'reference', model: 'models.Tag', onUpdate: 'cascade', required: true }),
    field('next', { type: 'reference', model: 'models.Tag', onDelete: 'setNull' }),
  ],
  { primaryKey: ['every_id', 'tag_id'] },
);
const self = model('Node', [idField, field('parent', { type: 'reference', model: 'models.Node' })]);

describe.each(enginesUnderTest)('on %s', (name) => {
  let live: LiveEngine;
  beforeAll(async () => {
    live = await startEngine(name);
  });
  afterAll(() => live.stop());

  async function appOn(title: string): Promise<{ app: OwnApp; main: SourceElement }> {
    const app = await ownApp(`${name}-${title}`, { development: false });
    const heading = { family: 'databases', id: 'e_main', fullName: 'databases.Main', title: 'Main' } as const;
    const type = definitions[name].databaseType;
    const target = await live.emptyDatabase();
    if (target.endpoint.kind === 'file') return { app, main: { ...heading, type, body: { file: 'main.db' } } };
    await app.source([], { PASSWORD: { type: 'secret' } });
    await app.values('development', { PASSWORD: target.password!.reveal() });
    const { host, port } = target.endpoint;
    const body = {
      host,
      port,
      user: target.user,
      password: { $env: 'PASSWORD' },
      database: target.database ?? '',
      ...(target.schema === null ? {} : { schema: target.schema }),
    };
    return { app, main: { ...heading, type, body } };
  }

  const variables = { PASSWORD: { type: 'secret' } } as const;

  it('has nothing to do after a deploy of every type, default, key and index', async () => {
    const { app, main } = await appOn('types');
    await app.source([main, tag, every, every_tag, self], variables);
    expect(await deployed(app, 'development')).toMatchObject({ state: 'done', reasons: [] });
    const { plan } = await planDeploy(owner, { app: app.name, env: 'development' });
    expect(plan.databases[0]?.changes.map(({ change }) => change)).toEqual([]);
    expect(plan.databases[0]?.notes).toEqual([]);
    expect(plan.databases[0]?.drift).toEqual([]);
  });

  it('has nothing to do after every kind of change', async () => {
    const { app, main } = await appOn('changes');
    await app.source([main, tag, every, every_tag, self], variables);
    await deployed(app, 'development');
    const changed = EVERY.map((each): Field => {
      if (each.name === 'text') return { ...each, length: 80, default: 'b', comment: 'c' } as Field;
      if (each.name === 'integer') return { ...each, type: 'bigint', required: false } as Field;
      if (each.name === 'decimal') return { ...each, precision: 10, scale: 1 } as Field;
      if (each.name === 'double') return { ...each, default: 2 } as Field;
      if (each.name === 'boolean') return { id: each.id, name: each.name, type: 'boolean' } as Field;
      if (each.name === 'choice') return { ...each, options: ['a', `b's`, 'c'] } as Field;
      if (each.name === 'long') return { ...each, name: 'longer' } as Field;
      return each;
    }).filter((each) => each.name !== 'json');
    const elements = [
      main,
      model('Tag', [
        idField,
        field('name', { length: 50, required: true }),
        field('more', { type: 'uuid', default: 'uuid' }),
      ]),
      model('Every', changed, { table: 'all', indexes: [{ name: 'every_by_text', fields: ['text'], unique: true }] }),
      every_tag,
      model('Node', [idField, field('parent', { type: 'reference', model: 'models.Node', onDelete: 'cascade' })]),
    ];
    await app.source(elements, variables);
    const asked = await deployed(app, 'development');
    expect(asked.reasons.map((each) => each.code)).toEqual(asked.reasons.map(() => 'confirmation-needed'));
    const done = await deployed(app, 'development', asked.plan?.hash);
    expect([done.state, done.reasons, done.state === 'done' ? [] : statements(done)]).toEqual(['done', [], []]);
    const { plan } = await planDeploy(owner, { app: app.name, env: 'development' });
    expect(plan.databases[0]?.changes.map(({ change }) => change)).toEqual([]);
    expect(plan.databases[0]?.drift).toEqual([]);
  });
});
