import { route } from '#lib/http/route.ts';
import { moveFolder, moveFolderInput } from '#lib/tree/move-folder.ts';

export const POST = route({ right: 'source:write', input: moveFolderInput }, moveFolder);
