import { createHmac, randomBytes } from 'node:crypto';
import { canonicalBody } from '#elements/connection/canonical-body.ts';
import type { BodyFamily } from '#elements/connection/body-fields.ts';
import { definitionOfType } from '#elements/database/definitions.ts';
import type { Reason } from '#lib/core/errors.ts';
import { processWide } from '#lib/core/process-wide.ts';
import type { Draft } from '#lib/http/api.ts';

/** What a test of settings that are not saved yet has shown; no reason: all worked. */
export type Proof = { failed: Reason[] };

/** A connection or database of an app, by its full name. */
type Place = { app: string; element: string };

const KEPT = 1_000;
const FRESH_MS = 60 * 60 * 1000;

const memory = () =>
  processWide('proofs', () => ({
    // typed secrets are part of what was tested: without this key nobody can guess one from its fingerprint
    key: randomBytes(32),
    proofs: new Map<string, Proof & { at: number }>(),
  }));

/** Kept in this process for an hour: a save of the very same settings then knows what it would break. */
export function rememberProof(place: Place, draft: Draft, proof: Proof): void {
  const { proofs } = memory();
  const fingerprint = fingerprintOf(place, draft);
  proofs.delete(fingerprint);
  proofs.set(fingerprint, { ...proof, at: Date.now() });
  const [oldest] = proofs.keys();
  if (proofs.size > KEPT && oldest !== undefined) proofs.delete(oldest);
}

/** Undefined: these settings were not tested here, or too long ago. */
export function proofOf(place: Place, draft: Draft): Proof | undefined {
  const found = memory().proofs.get(fingerprintOf(place, draft));
  return found && Date.now() - found.at < FRESH_MS ? found : undefined;
}

function fingerprintOf({ app, element }: Place, { type, body, secrets = {} }: Draft): string {
  const definition = definitionOfType(type);
  if (!definition) throw new Error(`no element type ${type}`);
  const family: BodyFamily = type === definition.connectionType ? 'connections' : 'databases';
  const typed = Object.entries(secrets).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const tested = JSON.stringify([app, element, canonicalBody(definition, family, body), typed]);
  return createHmac('sha256', memory().key).update(tested).digest('base64url');
}
