import { openValue, type Place } from './values.ts';

/** The text of a value whose variable never was a secret. @throws Fault `sealed` */
export async function openPlain(place: Place, sealed: string): Promise<string> {
  return (await openValue(place, sealed)).reveal();
}
