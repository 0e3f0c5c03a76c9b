import { z } from 'zod';
import { createApp, createAppInput } from '#lib/apps/create-app.ts';
import { listApps } from '#lib/apps/list-apps.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ right: 'app:read', input: z.strictObject({}) }, listApps);
export const POST = route({ right: 'app:create', input: createAppInput, status: 201 }, createApp);
