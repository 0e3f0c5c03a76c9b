import type { Command } from 'commander';
import type { Table } from '#elements/database/schema.ts';
import { table, type Output } from '../output.ts';
import { at, call } from '../portal-client.ts';

type Proposed = { fullName: string; title: string; body: Record<string, unknown> };
type Options = { table?: string[]; models?: true; env: string };

export function introspectCommand(program: Command, output: Output): void {
  program
    .command('introspect <app> <database>')
    .description('tables of a live database, or models made from them')
    .option('--table <table...>', 'these tables only')
    .option('--models', 'print models made from the tables')
    .option('--env <env>', 'with the values of this environment', 'development')
    .action(async (app: string, database: string, options: Options) => {
      const body = { database, environment: options.env, ...(options.table ? { tables: options.table } : {}) };
      if (options.models) {
        const { models } = await call<{ models: Proposed[] }>('POST', at('apps', app, 'introspect'), {
          ...body,
          models: true,
        });
        return output.result(
          { models },
          models.map((model) => `${model.fullName}\n${JSON.stringify(model.body, null, 2)}`),
        );
      }
      const { tables } = await call<{ tables: Table[] }>('POST', at('apps', app, 'introspect'), body);
      const rows = tables.map((each) => [
        each.name,
        each.kind,
        String(each.columns.length),
        each.primaryKey?.columns.join(', ') ?? '',
      ]);
      return output.result({ tables }, table(['Table', 'Kind', 'Columns', 'Key'], rows));
    });
}
