import { z } from 'zod';

/** Name of an app or an environment: it stands in addresses, in folders and in commands. */
export const placeName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,62}$/,
    'expected small letters, digits and -, starting with a letter, at most 63 characters',
  );
