import { route } from '#lib/http/route.ts';
import { deleteElement, deleteElementInput } from '#lib/tree/delete-element.ts';
import { readElement, readElementInput } from '#lib/tree/read-element.ts';
import { saveElement, saveElementInput } from '#lib/tree/save-element.ts';

export const GET = route({ right: 'app:read', input: readElementInput }, readElement);
export const PUT = route({ right: 'source:write', input: saveElementInput }, saveElement);
export const DELETE = route({ right: 'source:write', input: deleteElementInput }, deleteElement);
