import type { Value } from '#elements/database/query.ts';

/** Rows by table, in an order in which every reference finds its target; keys of a row are column names. */
export type SampleRows = { table: string; rows: Record<string, Value>[] }[];

const PORTS: [name: string, country: string, code: string][] = [
  ['Rotterdam', 'Netherlands', 'NLRTM'],
  ['Hamburg', 'Germany', 'DEHAM'],
  ['Gothenburg', 'Sweden', 'SEGOT'],
  ['Genoa', 'Italy', 'ITGOA'],
  ['Singapore', 'Singapore', 'SGSIN'],
  ['Busan', 'Republic of Korea', 'KRPUS'],
  ['Santos', 'Brazil', 'BRSSZ'],
  ['Halifax', 'Canada', 'CAHAL'],
];
const QUAYS = ['North quay', 'South quay', 'Oil pier'];
const SHIPS: [name: string, type: string, length: number, built: number][] = [
  ['Aurora', 'container', 366, 2019],
  ['Blue Heron', 'container', 294, 2012],
  ['Cormorant', 'tanker', 250, 2008],
  ['Dolphin', 'ferry', 142, 2015],
  ['Evening Star', 'bulk', 229, 2010],
  ['Fulmar', 'tug', 32, 2021],
  ['Grey Seal', 'bulk', 199, 2004],
  ['High Tide', 'ferry', 171, 2018],
  ['Iron Duke', 'tanker', 274, 2016],
  ['Juniper', 'container', 400, 2023],
  ['Kestrel', 'tug', 28, 2011],
  ['Lodestar', 'bulk', 225, 2020],
];
const GOODS: [goods: string, hazardous: boolean][] = [
  ['Coffee', false],
  ['Steel coils', false],
  ['Paper', false],
  ['Crude oil', true],
  ['Cars', false],
  ['Fertiliser', true],
  ['Grain', false],
  ['Timber', false],
];
const STATUSES = ['departed', 'departed', 'departed', 'moored', 'expected'];
const HOUR_MS = 3_600_000;
const FIRST_ARRIVAL = Date.UTC(2026, 0, 5, 6);

/** The harbour's data. @param calls how many port calls: a few for development, more for production */
export function sampleRows(calls: number): SampleRows {
  return [
    { table: 'port', rows: PORTS.map(([name, country, code], at) => ({ id: at + 1, name, country, code })) },
    { table: 'berth', rows: berths() },
    {
      table: 'ship',
      rows: SHIPS.map(([name, type, length, built], at) => ({
        id: at + 1,
        name,
        type,
        length_m: length,
        built,
        notes: null,
      })),
    },
    { table: 'port_call', rows: range(calls).map(portCall) },
    { table: 'cargo', rows: range(calls * 2).map(cargo) },
  ];
}

function berths(): Record<string, Value>[] {
  return PORTS.flatMap((_, port) =>
    QUAYS.map((name, quay) => ({
      id: port * QUAYS.length + quay + 1,
      name,
      port: port + 1,
      length_m: 200 + ((port * 3 + quay) % 5) * 60,
      draught_m: `${9 + ((port + quay * 2) % 8)}.5`,
    })),
  );
}

function portCall(at: number): Record<string, Value> {
  const arrives = FIRST_ARRIVAL + at * 17 * HOUR_MS;
  const status = STATUSES[at % STATUSES.length] ?? 'departed';
  const leaves = arrives + (12 + (at % 4) * 6) * HOUR_MS;
  return {
    id: at + 1,
    ship: (at % SHIPS.length) + 1,
    berth: ((at * 5) % (PORTS.length * QUAYS.length)) + 1,
    status,
    arrives_at: instant(arrives),
    leaves_at: status === 'departed' ? instant(leaves) : null,
  };
}

function cargo(at: number): Record<string, Value> {
  const [goods, hazardous] = GOODS[(at * 3) % GOODS.length] ?? ['Grain', false];
  return {
    id: at + 1,
    port_call: Math.floor(at / 2) + 1,
    goods,
    tonnes: `${120 + ((at * 137) % 4800)}.${at % 2 === 0 ? '50' : '25'}`,
    hazardous,
  };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, at) => at);
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
