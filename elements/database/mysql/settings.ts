import type { Target } from '../contract.ts';

const SQL_MODE = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE';
/** Embedded rows come as one text; a server's own limit for it is 1 MiB or less. */
const LONGEST_GROUP_BYTES = 4_294_967_295;

/** Modes that change what statements mean are set in every session, whatever the server's own are. */
export function settings(target: Target): string[] {
  const zone = String(target.options['timeZone'] ?? '+00:00').replaceAll(/[^\w+:/-]/g, '');
  return [
    `SET SESSION sql_mode = '${SQL_MODE}', time_zone = '${zone}', autocommit = 1, group_concat_max_len = ${LONGEST_GROUP_BYTES}`,
    ...(target.readOnly ? ['SET SESSION TRANSACTION READ ONLY'] : []),
  ];
}
