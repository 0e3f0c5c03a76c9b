import { describe, expect, it } from 'vitest';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import { draftOf, faultsOf, requestOf } from './variable-draft.ts';

const port: FieldDefinition = {
  name: 'port',
  label: 'Port',
  kind: 'number',
  group: 'server',
  optional: false,
  default: 5432,
  min: 1,
  max: 65535,
  help: '',
};
const password: FieldDefinition = { ...port, name: 'password', label: 'Password', kind: 'secret' };
const binding = (field: FieldDefinition, literal: string | number | null) => ({
  element: 'databases.Main',
  field,
  current: null,
  literal,
  proposedKey: 'MAIN_PORT',
  proposedName: 'Main port',
  bind: () => {},
});

describe('variable draft', () => {
  it('takes the literal over as the value in development', () => {
    const draft = draftOf(binding(port, 5433), undefined);
    expect(requestOf(draft)).toEqual({ definition: { name: 'Main port', type: 'number' }, development: 5433 });
  });

  it('refuses what does not fit the field, and a key that is taken', () => {
    const draft = { ...draftOf(binding(port, null), undefined), value: 'abc', defaultValue: '70000' };
    const faults = faultsOf(draft, port, ['MAIN_PORT']);
    expect(faults.value).toContain('whole number from 1 to 65535');
    expect(faults.defaultValue).toContain('70000');
    expect(faults.key).toContain('there already');
  });

  it('gives a secret no default and checks no text of it', () => {
    const draft = { ...draftOf(binding(password, null), undefined), value: 'p@ss', defaultValue: 'x' };
    expect(faultsOf(draft, password, [])).toEqual({});
    expect(requestOf(draft)).toEqual({ definition: { name: 'Main port', type: 'secret' }, development: 'p@ss' });
  });
});
