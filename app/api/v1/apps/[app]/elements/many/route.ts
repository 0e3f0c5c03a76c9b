import { PUSH_MAX_BYTES, route } from '#lib/http/route.ts';
import { createElements, createElementsInput } from '#lib/tree/create-elements.ts';

export const POST = route(
  { right: 'source:write', input: createElementsInput, status: 201, maxBytes: PUSH_MAX_BYTES },
  createElements,
);
