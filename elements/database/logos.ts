/** SVG path of every engine's logo in a box of 24, one line per engine. */
import type { EngineName } from './definitions.ts';
import { logo as mysql } from './mysql/logo.ts';
import { logo as oracle } from './oracle/logo.ts';
import { logo as postgresql } from './postgresql/logo.ts';
import { logo as sqlite } from './sqlite/logo.ts';
import { logo as sqlserver } from './sqlserver/logo.ts';

export const logos: Record<EngineName, string> = { sqlite, postgresql, mysql, sqlserver, oracle };
