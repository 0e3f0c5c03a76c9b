/** How a test or a stage of it went, in one letter. */
export const MARKS = { ok: '✓', warning: '▲', failed: '✗', skipped: '·' } as const;
