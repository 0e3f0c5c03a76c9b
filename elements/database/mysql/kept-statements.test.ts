import { expect, test } from 'vitest';
import { KeptStatements } from './kept-statements.ts';

type Done = (error: Error | null, answer: unknown) => void;

function kept(most: number) {
  const told: string[] = [];
  const connection = {
    prepare({ sql }: { sql: string }, done: (error: Error | null, prepared: never) => void) {
      told.push(`prepare ${sql}`);
      const execute = (values: unknown[], answer: Done) => {
        told.push(`${sql} ${values.join()}`);
        answer(null, values);
      };
      done(sql === 'wrong' ? new Error('no such table') : null, { execute } as never);
    },
    unprepare: (sql: string) => void told.push(`close ${sql}`),
  };
  const statements = new KeptStatements<Done>(connection, most);
  const run = (sql: string, ...values: number[]) => {
    let answered: unknown;
    statements.run(sql, values, (error, answer) => (answered = error?.message ?? answer));
    return answered;
  };
  return { told, run };
}

test('a text is prepared once', () => {
  const { told, run } = kept(2);
  expect([run('a', 1), run('a', 2)]).toEqual([[1], [2]]);
  expect(told).toEqual(['prepare a', 'a 1', 'a 2']);
});

test('the one unused for longest goes', () => {
  const { told, run } = kept(2);
  for (const sql of ['a', 'b', 'a', 'c', 'a', 'b']) run(sql);
  expect(told.filter((line) => !/^. /.test(line))).toEqual([
    'prepare a',
    'prepare b',
    'prepare c',
    'close b',
    'prepare b',
    'close c',
  ]);
});

test('what can not be prepared is told, and not kept', () => {
  const { told, run } = kept(2);
  expect([run('wrong'), run('wrong')]).toEqual(['no such table', 'no such table']);
  expect(told).toEqual(['prepare wrong', 'prepare wrong']);
});
