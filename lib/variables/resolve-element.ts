import { bodyFields } from '#elements/connection/body-fields.ts';
import type { FieldDefinition } from '#elements/connection/fields.ts';
import { flatten } from '#elements/connection/flatten.ts';
import type { TlsMode } from '#elements/database/contract.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import type { Reason } from '#lib/core/errors.ts';
import type { ConnectionElement, DatabaseElement, Source } from '#lib/source/source.ts';
import { FieldWalk, type Place, type Strictness } from './field-walk.ts';
import type { ResolvedElement, ResolvedField, ValueSet } from './resolution.ts';

type Outcome = { resolved: ResolvedElement; reasons: Reason[]; /** keys that a leaf asked for */ asked: Set<string> };

/** Of each pair, one without the other is missing (rule 3.1). */
const PAIRS = [
  ['tls.cert', 'tls.key'],
  ['ddlUser', 'ddlPassword'],
] as const;

/** Resolves one database or connection; see `resolve` for the rules. `decidedMode` is used where the body has no `tls.mode`. */
export function resolveElement(
  source: Source,
  element: ConnectionElement | DatabaseElement,
  values: ValueSet,
  decidedMode?: TlsMode,
): Outcome {
  const definition = definitionOfType(element.type);
  if (!definition) throw new Error(`no element type ${element.type}`);
  const connection = element.family === 'databases' ? (element.body.connection ?? null) : null;
  const holder = connection === null ? null : findConnection(source, connection);
  const own = flatten(element.body);
  const shared = flatten(holder?.body ?? {});
  const ownNames = new Set(definition.ownFields.map((field) => field.name));
  const walk = new FieldWalk(source, values);
  if (connection !== null && !holder) walk.reasons.push(unknownConnection(element.fullName, connection));

  const place = (field: FieldDefinition): Place =>
    connection !== null && !ownNames.has(field.name)
      ? { element: holder?.fullName ?? element.fullName, value: shared[field.name] }
      : { element: element.fullName, value: own[field.name] };
  const fields = bodyFields(definition, element.family).filter(
    (field) => connection === null || holder || ownNames.has(field.name),
  );

  const mode = fields.find((field) => field.name === 'tls.mode');
  if (mode) walk.visit(mode, place(mode), 'strict');
  const tlsMode = (walk.fields['tls.mode']?.value ?? decidedMode ?? null) as string | null;
  for (const field of fields) {
    if (field !== mode) walk.visit(field, place(field), strictness(field, tlsMode));
  }
  for (const [one, other] of PAIRS) {
    walk.pair(fields, place, one, other, one.startsWith('tls.') && tlsMode === null);
  }
  return {
    resolved: {
      element: element.fullName,
      elementId: element.id,
      engine: definition.engine,
      connection,
      fields: inOrder(fields, walk.fields),
      uses: [...walk.uses].sort(),
    },
    reasons: walk.reasons,
    asked: walk.asked,
  };
}

function strictness(field: FieldDefinition, tlsMode: string | null): Strictness {
  if (!field.onlyForTlsModes) return 'strict';
  if (tlsMode === null) return 'lenient';
  return field.onlyForTlsModes.includes(tlsMode) ? 'strict' : 'skip';
}

const connectionsOf = new WeakMap<Source['elements'], Map<string, ConnectionElement>>();

/** Sources are never altered, so that one look-up table serves all databases of one. */
function findConnection(source: Source, fullName: string): ConnectionElement | undefined {
  let connections = connectionsOf.get(source.elements);
  if (!connections) {
    connections = new Map();
    for (const each of source.elements) if (each.family === 'connections') connections.set(each.fullName, each);
    connectionsOf.set(source.elements, connections);
  }
  return connections.get(fullName);
}

function inOrder(fields: FieldDefinition[], found: Record<string, ResolvedField>): Record<string, ResolvedField> {
  return Object.fromEntries(
    fields.map((field) => [field.name, found[field.name] ?? { value: null, origin: { from: 'absent' } }]),
  );
}

const unknownConnection = (element: string, connection: string): Reason => ({
  element,
  field: 'connection',
  code: 'unknown-connection',
  message: `There is no connection ${connection}.`,
  next: 'Choose another connection, or make this one.',
});
