import type { Target } from '../contract.ts';
import type { Statement } from '../schema.ts';
import { quote } from '../sql/oracle-like/quote.ts';

/** Numbers, clocks and lengths are read and written in these forms, whatever the server's own settings are. */
const FORMS = [
  "nls_numeric_characters = '.,'",
  "nls_date_format = 'YYYY-MM-DD HH24:MI:SS'",
  "nls_timestamp_format = 'YYYY-MM-DD HH24:MI:SS.FF'",
  "nls_timestamp_tz_format = 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM'",
  'nls_length_semantics = char',
];

/** What every session is told first. Names without a schema are those of the target's. Pure. */
export function settings(target: Target): Statement[] {
  return [
    `alter session set ${FORMS.join(' ')}`,
    "alter session set time_zone = '+00:00'",
    ...(target.schema === null ? [] : [`alter session set current_schema = ${quote(target.schema)}`]),
  ].map((sql) => ({ sql, parameters: [] }));
}
