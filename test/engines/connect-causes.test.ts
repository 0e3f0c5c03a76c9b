/** Every cause of the failure table is brought about on every engine that can show it, and is told as the table says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CONNECT_CAUSES } from '#elements/database/connect-causes.ts';
import { PROJECT_ROOT } from '#lib/config.ts';
import { MISSING_RIGHTS, TEST_WARNINGS } from '#lib/connections/test/test-causes.ts';
import { enginesUnderTest } from '#test/support/live-engines.ts';
import { mysql } from '#test/support/provocations/mysql.ts';
import { postgresql } from '#test/support/provocations/postgresql.ts';
import type { Cause, Lab, Provocations } from '#test/support/provocations/provocation.ts';
import { runInLab } from '#test/support/provocations/run-in-lab.ts';
import { sqlite } from '#test/support/provocations/sqlite.ts';

type Row = { stage: string; field: string; found: string; next: string; ask?: string };
const ROWS: Record<Cause, Row> = { ...CONNECT_CAUSES, ...MISSING_RIGHTS, ...TEST_WARNINGS };
const CAUSES = Object.keys(ROWS) as Cause[];

/** Engines whose servers a test can start here. */
const ENGINES = { postgresql, mysql, sqlite } as unknown as Record<string, Provocations<Lab>>;

/** Causes of engines whose servers no test can start: a small server of the engine's own test provokes them. */
const PROVOKED_BY: Partial<Record<Cause, string>> = {
  'unknown-instance': 'elements/database/sqlserver/connect.test.ts',
  redirected: 'elements/database/sqlserver/connect.test.ts',
  'unknown-service': 'elements/database/oracle/ports.test.ts',
};

const TOTAL_MS = 10_000;

test.each(CAUSES)('%s is provoked on some engine', (cause) => {
  const provoked = Object.values(ENGINES).some(({ causes }) => typeof causes[cause] === 'function');
  const file = PROVOKED_BY[cause];
  const elsewhere = file !== undefined && readFileSync(join(PROJECT_ROOT, file), 'utf8').includes(`'${cause}'`);
  expect(provoked || elsewhere || cause === 'not-encrypted').toBe(true);
});

afterEach(() => vi.restoreAllMocks());

describe.each(enginesUnderTest.filter((name) => name in ENGINES))('%s', (name) => {
  const { start, causes } = ENGINES[name]!;
  let lab: Lab;
  beforeAll(async () => {
    lab = await start();
  }, 120_000);
  afterAll(() => lab?.stop());

  test('an element that is in order', async () => {
    const report = await runInLab(lab);
    expect(report.stages.filter(({ state }) => state === 'warning' || state === 'failed')).toEqual([]);
    expect(report.request).toBe(undefined);
  });

  test.each(CAUSES.filter((cause) => typeof causes[cause] === 'function'))('%s', async (cause) => {
    const provoke = causes[cause];
    if (typeof provoke === 'string') throw new Error('only what can be provoked is listed');
    const provoked = await provoke(lab);
    if (provoked.clockMs !== undefined) {
      const now = Date.now.bind(Date);
      const { clockMs } = provoked;
      vi.spyOn(Date, 'now').mockImplementation(() => now() + clockMs);
    }
    const report = await runInLab(lab, provoked).finally(() => provoked.undo?.());

    const { stage, field, ask } = ROWS[cause];
    const [told, ...others] = report.stages.filter(({ state }) => state === 'failed' || state === 'warning');
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      stage: provoked.at ?? stage,
      state: cause in TEST_WARNINGS ? 'warning' : 'failed',
      field,
      code: cause,
    });
    // a sentence, without a word that was not filled in
    for (const text of [told?.message, told?.next]) expect(text).toMatch(/^[^{}]+\.$/);
    expect(report.ms).toBeLessThan(TOTAL_MS);
    expect(report.request === undefined).toBe(ask === undefined);
    expect(JSON.stringify(report)).not.toContain(lab.password);
  });
});
