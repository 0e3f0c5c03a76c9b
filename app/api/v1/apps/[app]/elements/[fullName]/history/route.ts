import { route } from '#lib/http/route.ts';
import { elementHistory, elementHistoryInput } from '#lib/tree/element-history.ts';

export const GET = route({ right: 'app:read', input: elementHistoryInput }, elementHistory);
