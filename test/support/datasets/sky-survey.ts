import { spelled, type DataSet, type ScriptedEngine } from './dataset.ts';

/** The project's own data set: eleven tables of an astronomical survey, with a self reference and a composite key. */
export const skySurvey: DataSet = {
  name: 'Sky survey',
  script,
  counts: {
    observatory: 275,
    telescope: 347,
    detector: 5,
    filter_band: 25,
    exposure: 3503,
    astronomer: 8,
    proposal: 59,
    night: 412,
    night_exposure: 2240,
    collection: 18,
    collection_exposure: 8715,
  },
  joined: { model: 'telescope', label: 'name', embed: 'observatory', embedLabel: 'name' },
  marker: {
    model: 'filter_band',
    table: (engine) => spelled(engine, 'filter_band'),
    column: (engine) => spelled(engine, 'name'),
    key: (engine) => spelled(engine, 'filter_band_id'),
  },
};

type Cell = string | number | null;
type Kind = 'int' | 'money' | 'moment' | `text${number}`;
type Column = { name: string; kind: Kind; required?: boolean; to?: string };
type TableData = { name: string; key: string[]; columns: Column[]; rows: Cell[][] };

const int = (name: string, more: Partial<Column> = {}): Column => ({ name, kind: 'int', ...more });
const text = (name: string, length: number, more: Partial<Column> = {}): Column => ({
  name,
  kind: `text${length}`,
  ...more,
});
const must = { required: true };

function rows(count: number, make: (at: number) => Cell[]): Cell[][] {
  return Array.from({ length: count }, (_, at) => make(at + 1));
}

/** Deterministic, and spread enough that no two neighbours are alike. */
const pick = (at: number, of: number, step = 7): number => ((at * step) % of) + 1;
const GREEK = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta', 'Iota', 'Kappa', 'Lambda'];
const name = (what: string, at: number): string => `${GREEK[at % GREEK.length] ?? ''} ${what} ${at}`;
const day = (at: number): string =>
  new Date(Date.UTC(2021, 0, 1) + at * 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
const money = (at: number): string => `${at % 90}.${String((at * 37) % 100).padStart(2, '0')}`;

/** In an order in which every reference finds its table. */
const TABLES: TableData[] = [
  {
    name: 'observatory',
    key: ['observatory_id'],
    columns: [int('observatory_id', must), text('name', 120), text('country', 60)],
    rows: rows(275, (at) => [at, name('observatory', at), at % 9 === 0 ? null : `Country ${pick(at, 40)}`]),
  },
  {
    name: 'telescope',
    key: ['telescope_id'],
    columns: [
      int('telescope_id', must),
      text('name', 160, must),
      int('observatory_id', { ...must, to: 'observatory' }),
    ],
    rows: rows(347, (at) => [at, name("O'Neil telescope", at), pick(at, 275)]),
  },
  {
    name: 'detector',
    key: ['detector_id'],
    columns: [int('detector_id', must), text('name', 120)],
    rows: rows(5, (at) => [at, name('detector', at)]),
  },
  {
    name: 'filter_band',
    key: ['filter_band_id'],
    columns: [int('filter_band_id', must), text('name', 120)],
    rows: rows(25, (at) => [at, `Band λ${300 + at * 25} nm`]),
  },
  {
    name: 'exposure',
    key: ['exposure_id'],
    columns: [
      int('exposure_id', must),
      text('name', 200, must),
      int('telescope_id', { to: 'telescope' }),
      int('detector_id', { ...must, to: 'detector' }),
      int('filter_band_id', { to: 'filter_band' }),
      text('observer', 220),
      int('milliseconds', must),
      int('bytes'),
      { name: 'unit_price', kind: 'money', required: true },
    ],
    rows: rows(3503, (at) => [
      at,
      name('exposure', at),
      pick(at, 347),
      pick(at, 5, 3),
      at % 11 === 0 ? null : pick(at, 25),
      at % 3 === 0 ? null : `Team ${pick(at, 30)} “é–ø”`,
      1000 + ((at * 97) % 400_000),
      at * 1021,
      money(at),
    ]),
  },
  {
    name: 'astronomer',
    key: ['astronomer_id'],
    columns: [
      int('astronomer_id', must),
      text('badge', 20, must),
      text('title', 30),
      int('reports_to', { to: 'astronomer' }),
      { name: 'hire_date', kind: 'moment' },
    ],
    rows: rows(8, (at) => [
      at,
      `A-${100 + at}`,
      at === 1 ? 'Director' : 'Observer',
      at === 1 ? null : Math.ceil(at / 3),
      day(at * 30),
    ]),
  },
  {
    name: 'proposal',
    key: ['proposal_id'],
    columns: [
      int('proposal_id', must),
      text('code', 40, must),
      text('institute', 80),
      int('support_id', { to: 'astronomer' }),
    ],
    rows: rows(59, (at) => [at, `P-2026-${at}`, at % 4 === 0 ? null : `Institute ${pick(at, 20)}`, pick(at, 8, 3)]),
  },
  {
    name: 'night',
    key: ['night_id'],
    columns: [
      int('night_id', must),
      int('proposal_id', { ...must, to: 'proposal' }),
      { name: 'night_date', kind: 'moment', required: true },
      { name: 'total', kind: 'money', required: true },
    ],
    rows: rows(412, (at) => [at, pick(at, 59), day(at), money(at * 3)]),
  },
  {
    name: 'night_exposure',
    key: ['night_exposure_id'],
    columns: [
      int('night_exposure_id', must),
      int('night_id', { ...must, to: 'night' }),
      int('exposure_id', { ...must, to: 'exposure' }),
      { name: 'unit_price', kind: 'money', required: true },
      int('quantity', must),
    ],
    rows: rows(2240, (at) => [at, pick(at, 412), pick(at, 3503), money(at), 1 + (at % 3)]),
  },
  {
    name: 'collection',
    key: ['collection_id'],
    columns: [int('collection_id', must), text('name', 120)],
    rows: rows(18, (at) => [at, name('collection', at)]),
  },
  {
    name: 'collection_exposure',
    key: ['collection_id', 'exposure_id'],
    columns: [int('collection_id', { ...must, to: 'collection' }), int('exposure_id', { ...must, to: 'exposure' })],
    rows: rows(8715, (at) => [((at - 1) % 18) + 1, Math.floor((at - 1) / 18) + 1]),
  },
];

const TYPES: Record<
  ScriptedEngine,
  { int: string; money: string; moment: string; text: (length: string) => string; quote: string }
> = {
  sqlite: {
    int: 'INTEGER',
    money: 'NUMERIC(10,2)',
    moment: 'DATETIME',
    text: (length) => `NVARCHAR(${length})`,
    quote: '"',
  },
  postgresql: {
    int: 'INT',
    money: 'NUMERIC(10,2)',
    moment: 'TIMESTAMP',
    text: (length) => `VARCHAR(${length})`,
    quote: '"',
  },
  mysql: {
    int: 'INT',
    money: 'NUMERIC(10,2)',
    moment: 'DATETIME',
    text: (length) => `NVARCHAR(${length})`,
    quote: '`',
  },
  sqlserver: {
    int: 'INT',
    money: 'NUMERIC(10,2)',
    moment: 'DATETIME2(0)',
    text: (length) => `NVARCHAR(${length})`,
    quote: '"',
  },
};

function script(engine: ScriptedEngine): string {
  const { quote } = TYPES[engine];
  const id = (snake: string) => `${quote}${spelled(engine, snake)}${quote}`;
  return TABLES.flatMap((table) => [createTable(engine, table, id), ...indexes(table, id), ...inserts(table, id)]).join(
    '\n',
  );
}

function createTable(engine: ScriptedEngine, table: TableData, id: (snake: string) => string): string {
  const types = TYPES[engine];
  const columns = table.columns.map(({ name: column, kind, required }) => {
    const type = kind.startsWith('text') ? types.text(kind.slice(4)) : types[kind as 'int' | 'money' | 'moment'];
    return `${id(column)} ${type}${required ? ' NOT NULL' : ''}`;
  });
  const keys = table.columns.flatMap(({ name: column, to }) =>
    to
      ? [`FOREIGN KEY (${id(column)}) REFERENCES ${id(to)} (${id(`${to}_id`)}) ON DELETE NO ACTION ON UPDATE NO ACTION`]
      : [],
  );
  const key = `CONSTRAINT ${id(`pk_${table.name}`)} PRIMARY KEY (${table.key.map(id).join(', ')})`;
  return `CREATE TABLE ${id(table.name)} (${[...columns, key, ...keys].join(', ')});`;
}

function indexes(table: TableData, id: (snake: string) => string): string[] {
  return table.columns
    .filter((column) => column.to)
    .map(
      (column) => `CREATE INDEX ${id(`ifk_${table.name}_${column.name}`)} ON ${id(table.name)} (${id(column.name)});`,
    );
}

function inserts(table: TableData, id: (snake: string) => string): string[] {
  const into = `INSERT INTO ${id(table.name)} (${table.columns.map((column) => id(column.name)).join(', ')}) VALUES`;
  const tuples = table.rows.map((row) => `(${row.map(literal).join(', ')})`);
  return Array.from(
    { length: Math.ceil(tuples.length / 500) },
    (_, at) => `${into} ${tuples.slice(at * 500, at * 500 + 500).join(', ')};`,
  );
}

function literal(cell: Cell): string {
  if (cell === null) return 'NULL';
  return typeof cell === 'number' ? String(cell) : `'${cell.replaceAll("'", "''")}'`;
}
