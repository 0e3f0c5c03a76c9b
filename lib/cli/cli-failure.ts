import type { Reason } from '#lib/core/errors.ts';

/** A command ends with this: an exit code of product.md section 7 and what `--json` prints. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exit: 1 | 2 | 3 | 4 | 5;
  readonly code: string;
  readonly reasons: Reason[];
  /** further facts of the failure, for `--json` */
  readonly more: Record<string, unknown>;

  constructor(
    exit: 1 | 2 | 3 | 4 | 5,
    code: string,
    message: string,
    reasons: Reason[] = [],
    more: Record<string, unknown> = {},
  ) {
    super(message);
    this.exit = exit;
    this.code = code;
    this.reasons = reasons;
    this.more = more;
  }
}
