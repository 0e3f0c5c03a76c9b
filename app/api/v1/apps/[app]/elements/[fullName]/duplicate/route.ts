import { route } from '#lib/http/route.ts';
import { duplicateElement, duplicateElementInput } from '#lib/tree/duplicate-element.ts';

export const POST = route({ right: 'source:write', input: duplicateElementInput, status: 201 }, duplicateElement);
