import { route } from '#lib/http/route.ts';
import { jsonSchemaInput, readJsonSchema } from '#lib/source/json-schemas.ts';

export const GET = route({ right: 'app:read', input: jsonSchemaInput }, readJsonSchema);
