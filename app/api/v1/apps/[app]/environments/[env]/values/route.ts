import { route } from '#lib/http/route.ts';
import { setValues, setValuesInput } from '#lib/variables/set-values.ts';

export const PUT = route({ right: 'value:set', input: setValuesInput }, setValues);
