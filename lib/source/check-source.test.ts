import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '#elements/model/model.ts';
import { anySource } from '#test/support/source-arbitrary.ts';
import { checkSource } from './check-source.ts';
import type { DatabaseBody, FieldTree, Source, SourceElement, VariableDefinition } from './source.ts';

const head = (fullName: string, type: string) => ({ id: `e_${fullName}`, fullName, type, title: fullName });
const connection = (name: string, type = 'connections.PgSqlType'): SourceElement => ({
  ...head(`connections.${name}`, type),
  family: 'connections',
  body: { host: 'h', user: 'u', password: { $env: 'PW' } },
});
const database = (name: string, body: FieldTree = { file: 'a.db' }, type = 'databases.SqliteType'): SourceElement => ({
  ...head(`databases.${name}`, type),
  family: 'databases',
  body: body as DatabaseBody,
});
const id: Field = { id: 'f_id', name: 'id', type: 'integer', primaryKey: true };
const model = (
  name: string,
  more: Partial<Extract<SourceElement, { family: 'models' }>['body']> = {},
): SourceElement => ({
  ...head(`models.${name}`, 'models.NormalType'),
  family: 'models',
  body: { database: 'databases.Main', table: name.toLowerCase().replaceAll('.', '_'), fields: [id], ...more },
});
const source = (
  elements: SourceElement[],
  variables: Record<string, VariableDefinition> = {},
  defaultDatabase: string | null = null,
): Source => ({ app: { name: 'shop', title: 'Shop', defaultDatabase }, variables, elements });

const found = (...args: Parameters<typeof source>) =>
  checkSource(source(...args)).map((reason) => [reason.element, reason.field, reason.code].filter(Boolean).join(' '));
const onMain = (...models: SourceElement[]) => found([database('Main'), ...models]);
const reference = (name: string, target: string, more: Partial<Extract<Field, { type: 'reference' }>> = {}): Field => ({
  id: `f_${name}`,
  name,
  type: 'reference',
  model: `models.${target}`,
  ...more,
});

describe('names', () => {
  it('are unique among siblings without regard to case, folders too', () => {
    expect(found([database('Main'), database('MAIN')])).toEqual(['databases.MAIN name-taken']);
    expect(found([database('a.One'), database('A.Two')])).toEqual(['databases.A.Two name-taken']);
    expect(found([database('a.One'), database('b.One')])).toEqual([]);
  });

  it('let no element be a folder, nor its file be that of its heading', () => {
    expect(found([database('Main'), database('main.Other')])).toContain('databases.Main name-taken');
    expect(found([database('e')])).toEqual(['databases.e wrong-name']);
    expect(found([database('1st')])).toEqual(['databases.1st wrong-name']);
  });
});

describe('connections and databases', () => {
  it('are there, and of one engine', () => {
    const body = { connection: 'connections.P', database: 'shop' };
    const attached = database('Main', body, 'databases.PgSqlType');
    expect(found([attached])).toEqual(['databases.Main connection unknown-connection']);
    expect(found([connection('P'), attached])).toEqual([]);
    expect(found([connection('P', 'connections.MySQLType'), attached])).toEqual([
      'databases.Main connection other-engine',
    ]);
  });

  it('take variables whose type fits; one that is not defined is told when it is resolved', () => {
    expect(found([connection('P')], { PW: { type: 'text' } })).toEqual(['connections.P password wrong-variable-type']);
    const open = { ...connection('P'), body: { host: { $env: 'PW' }, user: 'u', password: { $env: 'PW' } } };
    expect(found([open as SourceElement], { PW: { type: 'secret' } })).toEqual([
      'connections.P host wrong-variable-type',
    ]);
    expect(found([open as SourceElement])).toEqual([]);
  });

  it('have a default that is one of them', () => {
    expect(found([database('Main')], {}, 'databases.Gone')).toEqual(['defaultDatabase unknown-database']);
  });
});

describe('variables', () => {
  it('have a key, and a default that fits', () => {
    const wrong = (definition: VariableDefinition, key = 'KEY') =>
      checkSource(source([], { [key]: definition })).map((reason) => reason.code);
    expect(wrong({ type: 'secret', default: 'x' })).toEqual(['wrong-default']);
    expect(wrong({ type: 'number', default: 'abc' })).toEqual(['wrong-default']);
    expect(wrong({ type: 'boolean', default: 'true' })).toEqual(['wrong-default']);
    expect(wrong({ type: 'number', default: 5432 })).toEqual([]);
    expect(wrong({ type: 'text', default: '' })).toEqual([]);
    expect(wrong({ type: 'text' }, 'lower')).toEqual(['wrong-key']);
  });
});

describe('models', () => {
  it('are bound to a database that is there', () => {
    expect(found([model('A', { database: 'databases.Gone' })])).toEqual(['models.A database unknown-database']);
    const { database: _, ...unbound } = (model('A') as Extract<SourceElement, { family: 'models' }>).body;
    const bare = { ...model('A'), body: unbound } as SourceElement;
    expect(found([database('Main'), bare])).toEqual(['models.A database no-database']);
    expect(found([database('Main'), bare], {}, 'databases.Main')).toEqual([]);
  });

  it('have a name and a managed table of their own within their database', () => {
    expect(onMain(model('a.One', { table: 'x' }), model('b.one', { table: 'y' }))).toEqual(['models.b.one name-taken']);
    expect(onMain(model('A', { table: 'x' }), model('B', { table: 'x' }))).toEqual(['models.B table table-taken']);
    const shared = { table: 'x', managed: false };
    expect(onMain(model('A', shared), model('B', shared))).toEqual([]);
  });

  it('have fields, names and ids once each', () => {
    expect(onMain(model('A', { fields: [] }))).toEqual(['models.A fields no-fields']);
    const twice: Field[] = [id, { id: 'f_id', name: 'ID', type: 'text', column: 'x' }];
    expect(onMain(model('A', { fields: twice }))).toEqual([
      'models.A fields.ID not-unique',
      'models.A fields.f_id not-unique',
    ]);
    const columns: Field[] = [id, { id: 'f_b', name: 'b', column: 'ID', type: 'text' }];
    expect(onMain(model('A', { fields: columns }))).toEqual(['models.A fields.ID not-unique']);
  });

  it('have keys, indexes and labels of fields that are there', () => {
    const b: Field = { id: 'f_b', name: 'b', type: 'integer' };
    const plain: Field = { id: 'f_id', name: 'id', type: 'integer' };
    expect(onMain(model('A', { fields: [id, { ...b, primaryKey: true }] }))).toEqual(['models.A primaryKey two-keys']);
    expect(onMain(model('A', { fields: [id, b], primaryKey: ['id', 'b'] }))).toEqual(['models.A primaryKey two-keys']);
    expect(onMain(model('A', { fields: [plain, b], primaryKey: ['id', 'c'] }))).toEqual([
      'models.A primaryKey unknown-field',
    ]);
    expect(onMain(model('A', { indexes: [{ name: 'i', fields: ['c'] }] }))).toEqual([
      'models.A indexes.i unknown-field',
    ]);
    expect(onMain(model('A', { label: 'c' }))).toEqual(['models.A label unknown-field']);
  });

  it.each<[string, Partial<Field>, string[]]>([
    ['a text as long as its length', { type: 'text', length: 2, default: 'ab' }, []],
    ['a text longer than its length', { type: 'text', length: 2, default: 'abc' }, ['wrong-default']],
    ['now of an instant', { type: 'instant', default: 'now' }, []],
    ['an hour of a date', { type: 'date', default: '12:00' }, ['wrong-default']],
    ['a fraction of an integer', { type: 'integer', default: 1.5 }, ['wrong-default']],
    ['all digits of a bigint', { type: 'bigint', default: '9223372036854775807' }, []],
    ['an unknown option', { type: 'choice', options: ['a'], default: 'b' }, ['wrong-default']],
    [
      'a default of what the server numbers',
      { type: 'integer', generated: 'increment', default: 1 },
      ['wrong-default'],
    ],
    ['a text that the server numbers', { type: 'text', generated: 'increment' }, ['wrong-type']],
    ['a scale beyond its precision', { type: 'decimal', precision: 2, scale: 3 }, ['wrong-type']],
    ['more digits than the engine keeps', { type: 'decimal', precision: 30, scale: 2 }, ['wrong-type']],
  ])('judge %s', (_, more, codes) => {
    const field = { id: 'f_x', name: 'x', ...more } as Field;
    expect(onMain(model('A', { fields: [id, field] }))).toEqual(codes.map((code) => `models.A fields.x ${code}`));
  });
});

describe('references', () => {
  it('lead to a model on the same database, both named where not', () => {
    expect(onMain(model('A', { fields: [id, reference('b', 'B')] }))).toEqual(['models.A fields.b unknown-model']);
    const elements = [
      database('Main'),
      database('Other'),
      model('A', { fields: [id, reference('b', 'B')] }),
      model('B', { database: 'databases.Other' }),
    ];
    const [reason] = checkSource(source(elements));
    expect(reason).toMatchObject({ element: 'models.A', field: 'fields.b', code: 'two-databases' });
    expect(reason?.message).toContain('models.A is on databases.Main, models.B on databases.Other');
  });

  it('lead to a key or something unique, of equal number, and to no circle', () => {
    const name: Field = { id: 'f_n', name: 'n', type: 'text' };
    const to = (more: object) => model('A', { fields: [id, reference('b', 'B', more)] });
    expect(onMain(to({ to: 'n' }), model('B', { fields: [id, name] }))).toEqual(['models.A fields.b not-unique']);
    expect(onMain(to({ to: 'n' }), model('B', { fields: [id, { ...name, unique: true }] }))).toEqual([]);
    expect(onMain(to({ to: 'x' }), model('B'))).toEqual(['models.A fields.b unknown-field']);
    expect(onMain(to({}), model('B', { fields: [name] }))).toEqual(['models.A fields.b unknown-field']);
    const several = { id: 'r_1', name: 'r', model: 'models.B', fields: ['id'], to: ['id', 'id'] };
    expect(onMain(model('A', { references: [several] }), model('B'))).toEqual([
      'models.A references.r wrong-reference',
    ]);
    const named = { ...several, name: 'ID', to: ['id'] };
    expect(onMain(model('A', { references: [named] }), model('B'))).toEqual(['models.A references.ID not-unique']);
    const circle = (own: string, other: string) =>
      model(own, { fields: [reference('x', other, { primaryKey: true })] });
    expect(onMain(circle('A', 'B'), circle('B', 'A'))).toEqual([
      'models.A fields.x circular-type',
      'models.B fields.x circular-type',
    ]);
    expect(onMain(model('A', { fields: [id, reference('parent', 'A')] }))).toEqual([]);
  });

  it('never empty what is required', () => {
    const strict = reference('b', 'B', { onDelete: 'setNull', required: true });
    expect(onMain(model('A', { fields: [id, strict] }), model('B'))).toEqual(['models.A fields.b wrong-reference']);
  });
});

it('finds nothing in any source that is right', () => {
  fc.assert(
    fc.property(anySource, (each) => {
      expect(checkSource(each)).toEqual([]);
    }),
  );
});
