import { z } from 'zod';
import { PLACE_NAME } from './place-name.ts';

export const placeName = z
  .string()
  .regex(PLACE_NAME, 'expected small letters, digits and -, starting with a letter, at most 63 characters');
