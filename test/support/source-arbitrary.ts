import fc from 'fast-check';
import { canonicalBody } from '#elements/connection/canonical-body.ts';
import type { DatabaseDefinition } from '#elements/database/contract.ts';
import { definitionList } from '#elements/database/definitions.ts';
import { canonicalModel } from '#elements/model/canonical-model.ts';
import type { Field, ModelBody } from '#elements/model/model.ts';
import { compareText } from '#lib/source/compare-text.ts';
import type { DatabaseBody, FieldTree, Source, SourceElement, VariableDefinition } from '#lib/source/source.ts';

const name = fc.stringMatching(/^[A-Z][a-zA-Z0-9_]{1,10}$/);
const title = fc.string({ minLength: 1, maxLength: 20 });
const heading = fc.record({
  title,
  description: fc.string({ maxLength: 20 }),
  tags: fc.array(fc.constantFrom('a', 'b')),
});
const folder = fc.constantFrom('', 'Sales.', 'Sales.eu.');
const servers = definitionList.filter((definition) => definition.connectionType !== null);

type Heading = { title: string; description: string; tags: string[] };
const written = ({ title, description, tags }: Heading) => ({
  title,
  ...(description === '' ? {} : { description }),
  ...(tags.length === 0 ? {} : { tags }),
});

const LOGIN = { host: { $env: 'HOST' }, user: 'shop', password: { $env: 'PASSWORD' } };

/** All that a server of this engine must be given. */
function shared({ sharedFields }: DatabaseDefinition): FieldTree {
  const others = sharedFields.filter(
    (each) => !each.optional && each.default === undefined && !Object.hasOwn(LOGIN, each.name),
  );
  return { ...LOGIN, ...Object.fromEntries(others.map((each) => [each.name, 'FREEPDB1'])) };
}

const field = (n: number): fc.Arbitrary<Field> =>
  fc.oneof(
    fc.record({ required: fc.boolean(), length: fc.integer({ min: 1, max: 200 }) }).map((more): Field => ({
      id: `f_${n}`,
      name: `text_${n}`,
      type: 'text',
      ...more,
    })),
    fc.record({ unique: fc.boolean(), default: fc.integer() }).map((more): Field => ({
      id: `f_${n}`,
      name: `number_${n}`,
      type: 'integer',
      column: `Number${n}`,
      ...more,
    })),
    fc.constant<Field>({ id: `f_${n}`, name: `at_${n}`, type: 'instant', default: 'now', comment: 'ß "quoted"\n' }),
  );

/** Sources that pass every check, in canonical form: databases alone and attached, models with references, variables. */
export const anySource: fc.Arbitrary<Source> = fc
  .record({
    title,
    definition: fc.constantFrom(...servers),
    connections: fc.uniqueArray(name, { maxLength: 2, selector: (each) => each.toLowerCase() }),
    databases: fc.uniqueArray(name, { minLength: 1, maxLength: 3, selector: (each) => each.toLowerCase() }),
    models: fc.uniqueArray(name, { maxLength: 4, selector: (each) => each.toLowerCase() }),
    folder,
    heading,
    fields: fc.tuple(field(1), field(2), field(3)),
    port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
    required: fc.boolean(),
    hasDefault: fc.boolean(),
  })
  .filter(({ databases, connections, models, folder: place }) =>
    [...databases, ...connections, ...models].every((each) => each.toLowerCase() !== 'sales' || place === ''),
  )
  .map((made): Source => {
    const { definition, heading: head } = made;
    const elements: SourceElement[] = [];
    const place = (family: string, each: string) => `${family}.${made.folder}${each}`;
    for (const each of made.connections) {
      elements.push({
        id: `e_c_${each}`,
        fullName: place('connections', each),
        type: definition.connectionType ?? '',
        ...written(head),
        family: 'connections',
        body: canonicalBody(definition, 'connections', {
          ...shared(definition),
          ...(made.port ? { port: made.port } : {}),
        }),
      });
    }
    const connection = made.connections[0];
    for (const [n, each] of made.databases.entries()) {
      const body: DatabaseBody =
        connection !== undefined && n > 0
          ? { connection: place('connections', connection), database: each }
          : ({
              ...shared(definition),
              database: { $env: 'NAME' },
              pool: { max: n + 1, min: 0 },
            } as FieldTree as DatabaseBody);
      elements.push({
        id: `e_d_${each}`,
        fullName: place('databases', each),
        type: definition.databaseType,
        ...written(head),
        family: 'databases',
        body: canonicalBody(definition, 'databases', body) as DatabaseBody,
      });
    }
    const databases = made.databases.map((each) => place('databases', each));
    for (const [n, each] of made.models.entries()) {
      const target = made.models[n - 1];
      const body: ModelBody = {
        ...(made.hasDefault ? {} : { database: databases[0] ?? '' }),
        table: each.toLowerCase(),
        fields: [
          { id: 'f_id', name: 'id', type: 'bigint', primaryKey: true, generated: 'increment' },
          ...made.fields,
          ...(target === undefined
            ? []
            : [{ id: 'f_ref', name: 'ref', type: 'reference' as const, model: place('models', target) }]),
        ],
        indexes: [],
      };
      elements.push({
        id: `e_m_${each}`,
        fullName: place('models', each),
        type: 'models.NormalType',
        ...written(head),
        family: 'models',
        body: canonicalModel(body),
      });
    }
    const variables: Record<string, VariableDefinition> = {
      HOST: { name: 'Host', type: 'text', ...(made.required ? { required: true } : {}), default: 'localhost' },
      NAME: { type: 'text' },
      PASSWORD: { description: 'of the server', type: 'secret' },
    };
    return {
      app: { name: 'shop', title: made.title, defaultDatabase: made.hasDefault ? (databases[0] ?? null) : null },
      variables,
      elements: elements.sort((one, other) => compareText(one.fullName, other.fullName)),
    };
  });
