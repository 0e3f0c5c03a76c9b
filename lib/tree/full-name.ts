import { NAME_PATTERN } from '#elements/element-name.ts';
import type { Family } from '#lib/source/source.ts';

export const FAMILIES: readonly Family[] = ['connections', 'databases', 'models'];
const FULL_NAME = new RegExp(`^(${FAMILIES.join('|')})(\\.${NAME_PATTERN})+$`);

/** `databases.reporting.Archive`: the family, any folders, the element's name (product.md section 1). */
export const isFullName = (text: string): boolean => FULL_NAME.test(text);

/** Full names that differ by case alone are the same place. */
export const nameKey = (fullName: string): string => fullName.toLowerCase();

export const familyOf = (fullName: string): Family => fullName.slice(0, fullName.indexOf('.')) as Family;

/** The element's own name: `Archive`. */
export const lastName = (fullName: string): string => fullName.slice(fullName.lastIndexOf('.') + 1);

/** The folder it lies in: `databases.reporting`. */
export const folderOf = (fullName: string): string => fullName.slice(0, fullName.lastIndexOf('.'));

/** True for what lies in a folder, at any depth; case does not matter. */
export const isWithin = (fullName: string, folder: string): boolean =>
  nameKey(fullName).startsWith(`${nameKey(folder)}.`);
