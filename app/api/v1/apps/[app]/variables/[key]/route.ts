import { route } from '#lib/http/route.ts';
import { defineVariable, defineVariableInput } from '#lib/variables/define-variable.ts';
import { deleteVariable, deleteVariableInput } from '#lib/variables/delete-variable.ts';

export const PUT = route({ right: 'source:write', input: defineVariableInput }, defineVariable);
export const DELETE = route({ right: 'source:write', input: deleteVariableInput }, deleteVariable);
