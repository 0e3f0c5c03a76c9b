import { definitionOfType } from '#elements/database/definitions.ts';
import { proofOf, type Proof } from '#lib/connections/proofs.ts';
import { databasesOn } from '#lib/connections/reach.ts';
import { Fault, type Reason } from '#lib/core/errors.ts';
import type { DatabaseElement, Source, SourceElement } from '#lib/source/source.ts';
import type { SourceState } from '#lib/source/source-state.ts';
import type { TypedSecrets } from './element-input.ts';

/** What the audit keeps of a save that reaches beyond its element. */
export type ReachedChange = { action: 'connection.change' | 'database.move'; detail: Record<string, unknown> };

type Asked = { app: string; secrets?: TypedSecrets; acknowledged?: boolean | undefined };

/**
 * A change of a shared connection, or a database that moves to another connection, together with what tests have shown of it
 * ({@link proofOf}); null for any other save.
 * @throws Fault `confirmation-needed` unless acknowledged: databases would break, or a moved one was not tested
 */
export function reachedChange(
  { source }: SourceState,
  before: SourceElement,
  after: SourceElement,
  { app, secrets, acknowledged = false }: Asked,
): ReachedChange | null {
  if (after.family === 'models') return null;
  const typed = Object.fromEntries(Object.entries(secrets ?? {}).map(([field, { text }]) => [field, text]));
  const draft = { type: after.type, body: after.body, secrets: typed };
  const proof = () => proofOf({ app, element: after.fullName }, draft);
  if (before.family === 'databases' && after.family === 'databases') {
    const { connection: to } = after.body;
    const isMove = to !== undefined && to !== before.body.connection && isOfItsEngine(source, after, to);
    return isMove ? move(before, to, proof(), acknowledged) : null;
  }
  const databases = databasesOn(source, after.fullName);
  const isSame = JSON.stringify(before.body) === JSON.stringify(after.body) && Object.keys(typed).length === 0;
  return databases.length === 0 || isSame ? null : change(after.fullName, databases, proof(), acknowledged);
}

/** Where it is not, no test helps: the check of the source refuses it. */
function isOfItsEngine({ elements }: Source, database: DatabaseElement, connection: string): boolean {
  const found = elements.find(({ fullName }) => fullName === connection);
  return found !== undefined && definitionOfType(found.type)?.databaseType === database.type;
}

function change(
  connection: string,
  databases: string[],
  proof: Proof | undefined,
  acknowledged: boolean,
): ReachedChange {
  const failed = proof?.failed ?? [];
  if (failed.length > 0 && !acknowledged) {
    throw needed(`Saving ${connection} would break what is listed.`, failed);
  }
  return {
    action: 'connection.change',
    detail: { databases, tested: proof !== undefined, wouldBreak: placesOf(failed) },
  };
}

function move(
  { fullName, body: { connection: from } }: DatabaseElement,
  to: string,
  proof: Proof | undefined,
  acknowledged: boolean,
): ReachedChange {
  if (!proof && !acknowledged) {
    const message = `${fullName} moves to ${to}, and was not tested there.`;
    const next = 'Test it with what is on the screen first, or save it all the same.';
    throw needed(message, [{ element: fullName, field: 'connection', code: 'not-tested', message, next }]);
  }
  const failed = proof?.failed ?? [];
  if (failed.length > 0 && !acknowledged) throw needed(`${fullName} does not work on ${to}.`, failed);
  return {
    action: 'database.move',
    detail: { from: from ?? null, to, tested: proof !== undefined, wouldBreak: placesOf(failed) },
  };
}

const needed = (message: string, reasons: Reason[]): Fault =>
  new Fault('confirmation-needed', `${message} Test it first and correct it, or save it all the same.`, reasons);

const placesOf = (failed: Reason[]) =>
  failed.map(({ element, environment, code, message }) => ({ element, environment, code, message }));
