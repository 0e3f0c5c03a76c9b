import { route } from '#lib/http/route.ts';
import { moveElement, moveElementInput } from '#lib/tree/move-element.ts';

export const POST = route({ right: 'source:write', input: moveElementInput }, moveElement);
