/**
 * Every refusal of Mooring, declared once: code → HTTP status of the management API and exit code of the CLI
 * (product.md sections 7 and 8). A door translates a {@link Fault} and decides nothing.
 */
export const FAULTS = {
  'wrong-input': { status: 400, exit: 2 },
  'not-signed-in': { status: 401, exit: 4 },
  'no-right': { status: 403, exit: 4 },
  'not-found': { status: 404, exit: 2 },
  exists: { status: 409, exit: 2 },
  'in-use': { status: 409, exit: 3 },
  conflict: { status: 409, exit: 3 },
  refused: { status: 422, exit: 3 },
  'secret-target': { status: 422, exit: 3 },
  'confirmation-needed': { status: 422, exit: 3 },
  'too-many': { status: 429, exit: 1 },
  'database-failed': { status: 502, exit: 5 },
  sealed: { status: 503, exit: 1 },
  unavailable: { status: 503, exit: 1 },
  internal: { status: 500, exit: 1 },
} as const satisfies Record<string, { status: number; exit: 1 | 2 | 3 | 4 | 5 }>;

export type FaultCode = keyof typeof FAULTS;

/** One thing that stands in the way: where it is, what is wrong, and what to do next. */
export type Reason = {
  /** fullName of the element at fault, e.g. `databases.Main` */
  element?: string;
  /** field within the element, dotted: `tls.ca`; in a model `fields.email`, or `table` */
  field?: string;
  /** key of the variable at fault */
  variable?: string;
  environment?: string;
  /** stable code, e.g. `missing-variable`; see docs/errors.md */
  code: string;
  message: string;
  next: string;
};

/**
 * A refusal that a person can act on: expected, found, what to do next.
 * Operations throw it; doors turn it into problem details, an exit code or a form error.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly reasons: Reason[];

  constructor(code: FaultCode, message: string, reasons: Reason[] = []) {
    super(message);
    this.code = code;
    this.reasons = reasons;
  }

  // a bundle has a copy of this class: a fault thrown through what is process-wide is one all the same
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'Fault';
  }
}
