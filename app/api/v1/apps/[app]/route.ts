import { changeApp, changeAppInput } from '#lib/apps/change-app.ts';
import { deleteApp, deleteAppInput } from '#lib/apps/delete-app.ts';
import { readApp, appInput } from '#lib/apps/read-app.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ right: 'app:read', input: appInput }, readApp);
export const PATCH = route({ right: 'source:write', input: changeAppInput }, changeApp);
export const DELETE = route({ right: 'app:delete', input: deleteAppInput }, deleteApp);
