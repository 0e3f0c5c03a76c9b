import { route } from '#lib/http/route.ts';
import { createElement, createElementInput } from '#lib/tree/create-element.ts';

export const POST = route({ right: 'source:write', input: createElementInput, status: 201 }, createElement);
