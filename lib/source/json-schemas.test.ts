import { expect, it } from 'vitest';
import { definitionList } from '#elements/database/definitions.ts';
import { viewer } from '#test/support/actors.ts';
import { readJsonSchema } from './json-schemas.ts';

const names = [
  'app',
  'variables',
  'e',
  'models.NormalType',
  ...definitionList.flatMap((each) => [each.databaseType, each.connectionType ?? []].flat()),
];

it.each(names)('%s has a JSON Schema that refuses unknown keys', (name) => {
  const schema = readJsonSchema(viewer, { file: `${name}.json` });
  expect(schema).toMatchObject({ $schema: expect.stringContaining('2020-12'), title: name });
  expect(JSON.stringify(schema)).toMatch(/"additionalProperties":false|"propertyNames"/);
});

it('lists the known ones for another name', () => {
  expect(() => readJsonSchema(viewer, { file: 'databases.No.json' })).toThrow(/Known are app, variables, e, models/);
});
