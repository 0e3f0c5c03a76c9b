import { PostgrestClient } from '@supabase/postgrest-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseEngine, Session } from '#elements/database/contract.ts';
import type { NamedModel } from '#elements/model/model.ts';
import { modelSchema } from '#elements/model/model.ts';
import { toSchema } from '#elements/model/to-schema.ts';
import { compileRelease } from '#lib/data/compile-release.ts';
import { releaseModels } from '#lib/data/release-models.ts';
import { serveData, type DataServices } from '#lib/data/serve.ts';
import { Pool } from '#lib/connections/pool.ts';
import { poolSettings } from '#lib/connections/pool-settings.ts';
import { diff } from '#lib/deploy/diff.ts';
import type { Source } from '#lib/source/source.ts';
import { enginesUnderTest, startEngine, type LiveEngine } from '../support/live-engines.ts';

const id = { id: 'f_id', name: 'id', type: 'integer', primaryKey: true, generated: 'increment' };
const models: NamedModel[] = [
  {
    id: 'e_artist',
    fullName: 'models.artist',
    body: modelSchema.parse({
      table: 'artist',
      fields: [id, { id: 'f_name', name: 'name', type: 'text', length: 120, required: true, unique: true }],
    }),
  },
  {
    id: 'e_album',
    fullName: 'models.album',
    body: modelSchema.parse({
      table: 'album_table',
      fields: [
        id,
        { id: 'f_title', name: 'title', type: 'text', length: 160, required: true },
        { id: 'f_artist', name: 'artist_id', type: 'reference', model: 'models.artist', onDelete: 'restrict' },
        { id: 'f_price', name: 'price', type: 'decimal', precision: 12, scale: 2 },
        { id: 'f_plays', name: 'plays', type: 'bigint' },
        { id: 'f_rating', name: 'rating', type: 'double' },
        { id: 'f_live', name: 'live', type: 'boolean', default: false, required: true },
        { id: 'f_on', name: 'released_on', type: 'date' },
        { id: 'f_at', name: 'recorded_at', column: 'recorded', type: 'instant' },
        { id: 'f_local', name: 'broadcast_at', type: 'datetime' },
        { id: 'f_time', name: 'starts', type: 'time' },
        { id: 'f_uuid', name: 'code', type: 'uuid' },
        { id: 'f_json', name: 'notes', type: 'json' },
        { id: 'f_bin', name: 'cover', type: 'binary' },
        { id: 'f_kind', name: 'kind', type: 'choice', options: ['lp', 'ep'] },
        { id: 'f_long', name: 'review', type: 'longText' },
      ],
    }),
  },
  {
    id: 'e_place',
    fullName: 'models.place',
    body: modelSchema.parse({
      table: 'place',
      primaryKey: ['album_id', 'position'],
      fields: [
        { id: 'f_album', name: 'album_id', type: 'reference', model: 'models.album', onDelete: 'cascade' },
        { id: 'f_position', name: 'position', type: 'integer' },
        { id: 'f_note', name: 'note', type: 'text', length: 40 },
      ],
    }),
  },
];

const source: Source = {
  app: { name: 'shop', title: 'Shop', defaultDatabase: 'databases.Main' },
  variables: {},
  elements: models.map((model) => ({ ...model, family: 'models', type: 'models.NormalType', title: model.fullName })),
};

const one = {
  title: 'Blue Train',
  price: 12.5,
  plays: 42,
  rating: 0.1,
  live: true,
  released_on: '1957-09-15',
  recorded_at: '1957-09-15T18:30:00.25+02:00',
  broadcast_at: '1958-01-02T03:04:05',
  starts: '20:15:00',
  code: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  notes: { a: [1, 'zwei', null], b: { c: true } },
  cover: '\\xdeadbeef',
  kind: 'lp',
  review: 'It’s “fine” — 100% \\ naïve\nsecond line',
};

describe.each(enginesUnderTest)('data API on %s', (name) => {
  let live: LiveEngine;
  let pool: Pool;
  let services: DataServices;
  let client: PostgrestClient;

  beforeAll(async () => {
    live = await startEngine(name);
    const target = await live.emptyDatabase();
    pool = new Pool({ settings: poolSettings({ max: 4 }), connect: () => live.engine.connect(target) });
    await pool.use((session) => createTables(live.engine, session, target.schema));
    const places = new Map([['databases.Main', { schema: target.schema, readOnly: false }]]);
    const release = compileRelease(releaseModels(source, places), 'databases.Main');
    services = {
      authenticate: (token) =>
        token === 'w' || token === 'r'
          ? { app: 'shop', environment: 'test', role: token === 'w' ? 'write' : 'read' }
          : null,
      backend: () => ({ release, run: (_database, work) => pool.use((session) => work(live.engine, session)) }),
      report: (error) => {
        throw error;
      },
    };
    client = new PostgrestClient('http://portal/data/shop/test', {
      headers: { authorization: 'Bearer w' },
      fetch: inProcess,
    });
    await seed();
  });

  afterAll(async () => {
    await pool.drain();
    await live.stop();
  });

  const inProcess: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const answer = await serveData(services, {
      method: request.method,
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: () => request.text(),
    });
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };

  const get = (path: string, headers: Record<string, string> = {}) =>
    inProcess(`http://portal/data/shop/test/${path}`, { headers: { authorization: 'Bearer r', ...headers } });

  async function seed() {
    const artists = await client
      .from('artist')
      .insert([{ name: 'Monk' }, { name: 'coltrane' }, { name: 'Davis' }])
      .select();
    expect(artists.error).toBeNull();
    const albums = [
      { title: 'Straight, No Chaser', artist_id: 1, price: 9.99, plays: 10, live: false, released_on: '1967-06-01' },
      { title: 'Giant Steps', artist_id: 2, price: 10, plays: 20, live: false, released_on: '1960-01-27' },
      { title: 'A Love Supreme', artist_id: 2, price: null, plays: null, live: true, released_on: null },
      { title: 'kind of blue', artist_id: 3, price: 11.25, plays: 30, live: false, released_on: '1959-08-17' },
    ];
    expect((await client.from('album').insert(albums)).error).toBeNull();
    expect(
      (
        await client
          .from('place')
          .insert([1, 2, 3].map((position) => ({ album_id: 2, position, note: `n${position}` })))
      ).error,
    ).toBeNull();
  }

  test('every type comes back as it went in', async () => {
    const { data, error, status } = await client.from('album').insert(one).select().single();
    expect(error).toBeNull();
    expect(status).toBe(201);
    expect(data).toEqual({
      ...one,
      id: expect.any(Number) as number,
      artist_id: null,
      recorded_at: '1957-09-15T16:30:00.25+00:00',
    });
    const { id: made } = data as { id: number };
    expect((await client.from('album').delete().eq('id', made)).status).toBe(204);
  });

  test('numbers keep all their digits', async () => {
    const body = '{"title":"digits","plays":9223372036854775807,"price":1234567890.12}';
    const headers = { authorization: 'Bearer w', prefer: 'return=representation', 'content-type': 'application/json' };
    const made = await inProcess('http://portal/data/shop/test/album?select=plays,price', {
      method: 'POST',
      headers,
      body,
    });
    expect(await made.text()).toMatch(/"plays": ?9223372036854775807, ?"price": ?1234567890\.12\b/);
    const found = await get('album?select=title&plays=eq.9223372036854775807');
    expect(await found.json()).toEqual([{ title: 'digits' }]);
    await client.from('album').delete().eq('title', 'digits');
  });

  test('filters', async () => {
    const titles = async (query: string) => {
      const answer = await get(`album?select=title&order=id&${query}`);
      expect({ query, status: answer.status }).toEqual({ query, status: 200 });
      return ((await answer.json()) as { title: string }[]).map((row) => row.title[0]);
    };
    expect(await titles('id=eq.2')).toEqual(['G']);
    expect(await titles('id=neq.2')).toEqual(['S', 'A', 'k']);
    expect(await titles('plays=gt.10')).toEqual(['G', 'k']);
    expect(await titles('plays=gte.10&plays=lt.30')).toEqual(['S', 'G']);
    expect(await titles('price=lte.10.00')).toEqual(['S', 'G']);
    expect(await titles('title=like.*o*')).toEqual(['S', 'A', 'k']);
    expect(await titles('title=like.K*')).toEqual([]);
    expect(await titles('title=ilike.K*')).toEqual(['k']);
    expect(await titles('title=like.*_ove*')).toEqual(['A']);
    expect(await titles(`title=like.${encodeURIComponent('*\\_ove*')}`)).toEqual([]);
    expect(await titles('id=in.(1,3)')).toEqual(['S', 'A']);
    expect(await titles('title=in.("Straight, No Chaser",none)')).toEqual(['S']);
    expect(await titles('id=in.()')).toEqual([]);
    expect(await titles('price=is.null')).toEqual(['A']);
    expect(await titles('price=not.is.null&id=not.eq.1')).toEqual(['G', 'k']);
    expect(await titles('live=is.true')).toEqual(['A']);
    expect(await titles('live=eq.false')).toEqual(['S', 'G', 'k']);
    expect(await titles('or=(id.eq.1,and(plays.gt.15,plays.lt.25))')).toEqual(['S', 'G']);
    expect(await titles('not.or=(id.eq.1,id.eq.2)')).toEqual(['A', 'k']);
    expect(await titles('released_on=gt.1960-01-01')).toEqual(['S', 'G']);
    expect(await titles('plays=not.gt.10')).toEqual(['S']);
  });

  test('order with nulls, limit, offset, Range and count', async () => {
    const ids = async (query: string) => (await (await get(`album?select=id&${query}`)).json()) as { id: number }[];
    expect((await ids('order=plays')).map((row) => row.id)).toEqual([1, 2, 4, 3]);
    expect((await ids('order=plays.desc')).map((row) => row.id)).toEqual([3, 4, 2, 1]);
    expect((await ids('order=plays.desc.nullslast,id')).map((row) => row.id)).toEqual([4, 2, 1, 3]);
    expect((await ids('order=plays.asc.nullsfirst')).map((row) => row.id)).toEqual([3, 1, 2, 4]);
    expect((await ids('order=id&limit=2&offset=1')).map((row) => row.id)).toEqual([2, 3]);
    const part = await get('album?order=id', { range: '0-1', prefer: 'count=exact' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, '0-1/4']);
    const all = await get('album', { prefer: 'count=exact' });
    expect([all.status, all.headers.get('content-range')]).toEqual([200, '0-3/4']);
    const none = await get('album?id=eq.99', { prefer: 'count=exact' });
    expect([none.status, none.headers.get('content-range'), await none.json()]).toEqual([200, '*/0', []]);
    expect((await get('album?offset=10', { prefer: 'count=exact' })).status).toBe(416);
    expect((await get('album?limit=0')).headers.get('content-range')).toBe('*/*');
  });

  test('embeds in both directions, renamed, with a composite key and with nothing on the other side', async () => {
    const { data, error } = await client.from('album').select('title,artist(name)').order('title').limit(5);
    expect(error).toBeNull();
    expect(data).toHaveLength(4);
    expect(data).toContainEqual({ title: 'Giant Steps', artist: { name: 'coltrane' } });
    const back = await client.from('artist').select('name,records:album(title),id').order('id');
    expect(back.data?.map((row) => row['records'])).toEqual([
      [{ title: 'Straight, No Chaser' }],
      [{ title: 'Giant Steps' }, { title: 'A Love Supreme' }],
      [{ title: 'kind of blue' }],
    ]);
    const places = await client
      .from('album')
      .select('id,place(position,note),artist_id(name)')
      .in('id', [1, 2])
      .order('id');
    expect(places.data).toEqual([
      { id: 1, place: [], artist_id: { name: 'Monk' } },
      {
        id: 2,
        place: [1, 2, 3].map((position) => ({ position, note: `n${position}` })),
        artist_id: { name: 'coltrane' },
      },
    ]);
  });

  test('insert many in one transaction: one wrong row takes all with it', async () => {
    const { error, status } = await client.from('artist').insert([{ name: 'New' }, { name: 'Monk' }]);
    expect([status, error?.code]).toEqual([409, '23505']);
    expect((await client.from('artist').select().eq('name', 'New')).data).toEqual([]);
  });

  test('constraint failures have PostgreSQL’s codes', async () => {
    const code = async (work: PromiseLike<{ status: number; error: { code: string } | null }>) => {
      const { status, error } = await work;
      return [status, error?.code];
    };
    expect(await code(client.from('artist').insert({ name: 'Monk' }))).toEqual([409, '23505']);
    expect(await code(client.from('album').insert({ title: 'x', artist_id: 999 }))).toEqual([409, '23503']);
    expect(await code(client.from('artist').delete().eq('id', 1))).toEqual([409, '23503']);
    expect(await code(client.from('album').insert({ price: 1 }))).toEqual([400, '23502']);
    expect(await code(client.from('album').insert({ title: 'x', kind: 'cd' }))).toEqual([400, '23514']);
    expect(await code(client.from('album').insert({ title: 'x', plays: 'many' }))).toEqual([400, '22P02']);
    expect(await code(client.from('artist').insert({ name: 'x'.repeat(121) }))).toEqual([400, '22001']);
  });

  test('update: returned, minimal, by filter, and never without one', async () => {
    const changed = await client
      .from('album')
      .update({ plays: 31, price: null })
      .eq('id', 4)
      .select('id,plays,price,artist(name)');
    expect(changed.data).toEqual([{ id: 4, plays: 31, price: null, artist: { name: 'Davis' } }]);
    const minimal = await client.from('album').update({ plays: 30, price: 11.25 }).eq('id', 4);
    expect([minimal.status, minimal.data]).toEqual([204, null]);
    expect((await client.from('album').update({ plays: 1 }).eq('id', 999).select()).data).toEqual([]);
    const all = await client.from('album').update({ plays: 0 });
    expect([all.status, all.error?.code]).toEqual([400, '21000']);
    expect((await client.from('album').select('plays').eq('id', 4).single()).data).toEqual({ plays: 30 });
  });

  test('update of the key gives the new row', async () => {
    const moved = await client.from('place').update({ position: 9 }).match({ album_id: 2, position: 3 }).select();
    expect(moved.data).toEqual([{ album_id: 2, position: 9, note: 'n3' }]);
    await client.from('place').update({ position: 3 }).match({ album_id: 2, position: 9 });
  });

  test('delete: returned rows, with their embeds, and never without a filter', async () => {
    const made = await client.from('album').insert({ title: 'gone', artist_id: 1 }).select('id').single();
    const { id: gone } = made.data as { id: number };
    const { data } = await client.from('album').delete().eq('id', gone).select('title,artist(name)');
    expect(data).toEqual([{ title: 'gone', artist: { name: 'Monk' } }]);
    expect((await client.from('album').delete()).error?.code).toBe('21000');
  });

  test('a write that must touch one row is undone when it touches another number', async () => {
    const many = await client.from('album').update({ review: 'all' }).eq('artist_id', 2).select().single();
    expect([many.status, many.error?.code]).toEqual([406, 'PGRST116']);
    expect((await client.from('album').select('id').eq('review', 'all')).data).toEqual([]);
    const gone = await client.from('place').delete().eq('album_id', 2).select().single();
    expect(gone.status).toBe(406);
    expect((await client.from('place').select()).data).toHaveLength(3);
    const two = await client
      .from('artist')
      .insert([{ name: 'A1' }, { name: 'A2' }])
      .select()
      .single();
    expect(two.status).toBe(406);
    expect((await client.from('artist').select().like('name', 'A_')).data).toEqual([]);
  });

  test('single and maybeSingle', async () => {
    expect((await client.from('artist').select('name').eq('id', 1).single()).data).toEqual({ name: 'Monk' });
    const miss = await client.from('artist').select().eq('id', 99).single();
    expect([miss.status, miss.error?.code]).toEqual([406, 'PGRST116']);
    expect((await client.from('artist').select().eq('id', 99).maybeSingle()).data).toBeNull();
  });

  test('columns= as postgrest-js sends it, with rows of unlike keys', async () => {
    const { data, error } = await client
      .from('artist')
      .insert([{ name: 'c1' }, { name: 'c2' }])
      .select('name');
    expect(error).toBeNull();
    expect(data).toEqual([{ name: 'c1' }, { name: 'c2' }]);
    const unlike = await client
      .from('album')
      .insert([
        { title: 'u1', live: true, plays: 1 },
        { title: 'u2', live: false },
      ])
      .select('title,plays');
    expect(unlike.data).toEqual([
      { title: 'u1', plays: 1 },
      { title: 'u2', plays: null },
    ]);
    await client.from('artist').delete().like('name', 'c_');
    await client.from('album').delete().like('title', 'u_');
  });

  test('10,000 rows in one insert', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => ({ album_id: 1, position: at, note: `${at}` }));
    const { count, error } = await client.from('place').insert(rows, { count: 'exact' });
    expect([error, count]).toEqual([null, 10_000]);
    const page = await client
      .from('place')
      .select('position', { count: 'exact' })
      .eq('album_id', 1)
      .range(9_998, 10_010)
      .order('position');
    expect([page.count, page.data]).toEqual([10_000, [{ position: 9998 }, { position: 9999 }]]);
    expect((await client.from('place').delete({ count: 'exact' }).eq('album_id', 1)).count).toBe(10_000);
  });

  test('nothing of a request becomes SQL', async () => {
    const nasty = `'; drop table artist; -- \\ " \` $1 ? :x %`;
    const made = await client.from('artist').insert({ name: nasty }).select('name').single();
    expect(made.data).toEqual({ name: nasty });
    expect((await client.from('artist').select('name').eq('name', nasty)).data).toEqual([{ name: nasty }]);
    const alias = await get(`artist?select=${encodeURIComponent(`a'b"c\`d:name`)}&id=eq.1`);
    expect(await alias.json()).toEqual([{ [`a'b"c\`d`]: 'Monk' }]);
    expect((await client.from('artist').delete().eq('name', nasty)).status).toBe(204);
  });

  test('who may', async () => {
    expect((await inProcess('http://portal/data/shop/test/album')).status).toBe(401);
    expect((await get('album', { authorization: 'Bearer wrong' })).status).toBe(401);
    const write = await inProcess('http://portal/data/shop/test/artist', {
      method: 'POST',
      headers: { authorization: 'Bearer r' },
      body: '{"name":"x"}',
    });
    expect(write.status).toBe(403);
    expect(
      (await inProcess('http://portal/data/shop/other/album', { headers: { authorization: 'Bearer r' } })).status,
    ).toBe(401);
  });
});

async function createTables(engine: DatabaseEngine, session: Session, schema: string | null) {
  const wanted = toSchema(models, engine.types, session.capabilities);
  const none = { tables: new Set<string>(), columns: new Map(), indexes: new Map(), foreignKeys: new Map() };
  const { additive } = diff({ tables: [] }, wanted.schema, {
    renamedTables: new Map(),
    renamedColumns: new Map(),
    droppable: none,
    comments: session.capabilities.comments,
    narrows: engine.types.narrows,
  });
  for (const change of additive) {
    for (const statement of engine.ddl(change, { schema, capabilities: session.capabilities, table: null }))
      await session.run(statement);
  }
}
