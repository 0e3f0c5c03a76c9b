import { route } from '#lib/http/route.ts';
import { unsetValue, unsetValueInput } from '#lib/variables/unset-value.ts';

export const DELETE = route({ right: 'value:set', input: unsetValueInput }, unsetValue);
