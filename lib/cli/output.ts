import type { Reason } from '#lib/core/errors.ts';
import type { CliFailure } from './cli-failure.ts';

/** What a command says: with `--json` one document on stdout and all else on stderr, otherwise lines for people. */
export class Output {
  readonly json: boolean;
  exitCode = 0;

  constructor(json: boolean) {
    this.json = json;
  }

  /** The result: `document` with --json, else `lines`. Called once by a command that succeeds. */
  result(document: object, lines: string | string[] = []): void {
    if (this.json) process.stdout.write(`${JSON.stringify(document)}\n`);
    else for (const line of [lines].flat()) process.stdout.write(`${line}\n`);
  }

  /** Progress and remarks. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Prints the failure and gives its exit code; null is help, which is none. */
  fail(failure: CliFailure | null): number {
    if (!failure) return 0;
    const { code, message, reasons, more } = failure;
    if (this.json) {
      process.stdout.write(`${JSON.stringify({ error: { code, message, reasons: reasons.map(whole), ...more } })}\n`);
    } else {
      this.note(message);
      const several = new Set(reasons.map(({ environment }) => environment)).size > 1;
      for (const reason of reasons) this.note(reasonLine(reason, several));
    }
    return failure.exit;
  }
}

/** Every key of a reason is there, so that a reader of --json needs no guards. */
function whole(reason: Reason): object {
  const { element = null, field = null, variable = null, environment = null, code, message, next } = reason;
  return { element, field, variable, environment, code, message, next };
}

/** @param placed with its environment, where there are several */
export function reasonLine(reason: Reason, placed = false): string {
  const at = [reason.element, reason.field].filter(Boolean).join(' ');
  const environment = placed && reason.environment ? `in ${reason.environment}` : null;
  const where = [at, reason.variable, environment].filter(Boolean).join(', ');
  return `  ✗ ${where ? `${where}: ` : ''}${reason.message}${reason.next ? `\n      → ${reason.next}` : ''}`;
}

/** Columns as wide as their widest cell. */
export function table(headings: string[], rows: string[][]): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
