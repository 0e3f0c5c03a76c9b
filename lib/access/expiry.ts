import { z } from 'zod';

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30m`, `24h`, `90d`: how long a token lives, at most ten years; parsed to milliseconds. */
export const lifetime = z
  .string()
  .regex(/^[1-9]\d{0,5}[mhd]$/, 'must be a number and m, h or d: 24h, 90d')
  .transform((text) => Number(text.slice(0, -1)) * UNIT_MS[text.slice(-1) as keyof typeof UNIT_MS])
  .refine((ms) => ms <= 3_650 * UNIT_MS.d, 'must be at most 3650d');

/** The moment a token made now ends; null: it does not. */
export function expiryOf(lifetimeMs: number | null | undefined): Date | null {
  return lifetimeMs ? new Date(Date.now() + lifetimeMs) : null;
}
