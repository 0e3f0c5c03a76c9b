import type { DatabaseDefinition } from '../database/contract.ts';
import { NAME_PATTERN } from '../element-name.ts';
import { bodyFields, type BodyFamily } from './body-fields.ts';
import { checkFieldValue } from './check-field-value.ts';
import { isReference, type FieldDefinition } from './fields.ts';

/** `field` is dotted; the message names it and says what was expected and found. */
export type BodyIssue = { field: string; message: string };

const CONNECTION = new RegExp(`^connections(\\.${NAME_PATTERN})+$`);

/** Everything wrong with the body of a connection or database, by its definition alone; empty: nothing. */
export function checkBody(definition: DatabaseDefinition, family: BodyFamily, body: unknown): BodyIssue[] {
  if (!isObject(body)) return [{ field: '', message: 'expected an object of fields' }];
  const attached = family === 'databases' && body.connection !== undefined;
  const allowed = bodyFields(definition, family, attached);
  const { connection, ...rest } = body;
  const found = family === 'databases' ? leaves(rest, allowed) : leaves(body, allowed);
  return [
    ...(attached ? checkConnection(definition, connection) : []),
    ...[...found.values].flatMap(([field, value]) => issueOf(field.name, checkFieldValue(field, value))),
    ...found.unknown.map((name) => ({ field: name, message: unknownField(definition, name, attached, allowed) })),
    ...allowed
      .filter((field) => !field.optional && field.default === undefined && !found.values.has(field))
      .map((field) => ({ field: field.name, message: `${field.name}: expected a value, found nothing` })),
  ];
}

const issueOf = (field: string, message: string | null): BodyIssue[] => (message === null ? [] : [{ field, message }]);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkConnection(definition: DatabaseDefinition, connection: unknown): BodyIssue[] {
  if (definition.connectionType === null) {
    return [{ field: 'connection', message: `connection: ${definition.title} has no connections; leave it out` }];
  }
  if (isReference(connection)) {
    return [{ field: 'connection', message: 'connection: expected the name of an element; it takes no variable' }];
  }
  if (typeof connection === 'string' && CONNECTION.test(connection)) return [];
  return [{ field: 'connection', message: 'connection: expected a name such as connections.Primary' }];
}

/** Walks the body along the definition: known leaves with their values, and the dotted names of all that is unknown. */
function leaves(body: Record<string, unknown>, allowed: FieldDefinition[]) {
  const byName = new Map(allowed.map((field) => [field.name, field]));
  const values = new Map<FieldDefinition, unknown>();
  const unknown: string[] = [];
  const visit = (node: Record<string, unknown>, prefix: string): void => {
    for (const [key, value] of Object.entries(node)) {
      const name = prefix + key;
      const field = byName.get(name);
      const isGroup = allowed.some((each) => each.name.startsWith(`${name}.`));
      if (field && !key.includes('.')) values.set(field, value);
      else if (isGroup && isObject(value) && !isReference(value)) visit(value, `${name}.`);
      else unknown.push(name);
    }
  };
  visit(body, '');
  return { values, unknown };
}

function unknownField(definition: DatabaseDefinition, name: string, attached: boolean, allowed: FieldDefinition[]) {
  const shared = definition.sharedFields.some((each) => each.name === name || each.name.startsWith(`${name}.`));
  if (attached && shared) return `${name}: comes from the connection; leave it out here, or leave out connection`;
  if (allowed.some((each) => each.name.startsWith(`${name}.`))) return `${name}: expected an object of fields`;
  return `${name}: unknown; known are ${allowed.map((each) => each.name).join(', ')}`;
}
