import { config } from '#lib/config.ts';
import { processWide } from '#lib/core/process-wide.ts';
import { parseAllowed } from './address-policy.ts';
import type { AddressPolicy } from './address-policy.ts';

/** What this installation allows: address policy, the folder of database files, and files that are never a target. */
export type Surroundings = { policy: AddressPolicy; home: string; forbidden: string[] };

/** From the portal's own settings. @throws Error for an entry of `MOORING_TARGETS_ALLOW` that can not be read */
export function surroundings(): Surroundings {
  return processWide('surroundings', () => {
    const { targets, targetsAllow, port, home, storeFile } = config();
    const policy: AddressPolicy = { mode: targets, allow: parseAllowed(targetsAllow), portalPort: port };
    return { policy, home, forbidden: [storeFile, `${storeFile}-wal`, `${storeFile}-shm`] };
  });
}
