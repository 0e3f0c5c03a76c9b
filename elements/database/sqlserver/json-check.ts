/**
 * JSON before SQL Server 2025: text with a check. ISJSON alone takes objects and arrays only, so what is checked is an
 * array around the value (Transact-SQL reference, ISJSON). Pure.
 */
import { quote } from './quote.ts';

/** How DDL spells a column of that native type. */
export const spelled = (native: string) => (native === 'json' ? 'nvarchar(max)' : native);

export const jsonCheck = (column: string) => `check (isjson(concat(N'[', ${quote(column)}, N']')) = 1)`;

/** Whether a definition out of sys.check_constraints says no more than that the column holds JSON, in our words or those that others use. */
export function isJsonCheck(definition: string, column: string): boolean {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[\s()]/g, '');
  const name = bare(quote(column));
  return [`isjson${name}=1`, `isjson${name}>0`, `isjsonconcatn'[',${name},n']'=1`].includes(bare(definition));
}
