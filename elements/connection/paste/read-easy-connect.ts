import { place, TextRefused, type Found } from './pasted.ts';
import { SEVERAL_HOSTS } from './rules/rule.ts';

const SHAPE = 'host:port/service';
const FORM =
  /^(?:(tcps?):)?(?:\/\/)?((?:\[[^\]]*\]|[^:/?,[\]]+)(?::\d+)?(?:,(?:\[[^\]]*\]|[^:/?,[\]]+)(?::\d+)?)*)(?:\/([^/:?]*))?(?::(dedicated|shared|pooled))?(?:\/([^/:?]*))?(?:\?(.*))?$/is;

/**
 * Oracle's EZConnect and EZConnect Plus: `[user/password@][tcps:]//host:port/service?key=value`
 * (Database Net Services Administrator's Guide, Easy Connect Plus).
 * `text` ends `whole`, which is what places in messages are counted in.
 * @throws TextRefused
 */
export function readEasyConnect(text: string, whole = text): Found {
  const login = /^(?:([^/@"]+|"[^"]*")(?:\/(.*))?)?@(?=[^@]*$)/s.exec(text.replace(/\?.*$/s, ''));
  const rest = text.slice(login?.[0].length ?? 0);
  const match = FORM.exec(rest);
  if (!match)
    throw new TextRefused(
      `From ${place(whole, whole.length - rest.length)} on, ${SHAPE} is expected, such as db.example.com:1521/orders.`,
    );
  const [, protocol, server = '', service = '', kind, instance, query = ''] = match;
  const found: Found = {
    form: query === '' ? 'EZConnect' : 'EZConnect Plus',
    engine: 'oracle',
    parts: [],
    settings: [],
    namesHost: false,
    seconds: true,
    refused: [],
    ignored: [],
  };
  if (server.includes(',')) found.refused.push({ key: 'host', why: SEVERAL_HOSTS });
  else {
    const [, host = '', port = ''] = /^(.*?)(?::(\d+))?$/.exec(server) ?? [];
    found.parts.push({ field: 'host', key: 'host', value: host }, { field: 'port', key: 'port', value: port });
  }
  const bare = (name: string | undefined) => (name ?? '').replace(/^"(.*)"$/s, '$1');
  found.parts.push(
    { field: 'serviceName', key: 'service', value: service },
    { field: 'user', key: 'user', value: bare(login?.[1]) },
    { field: 'password', key: 'password', value: bare(login?.[2]) },
  );
  if (protocol) found.settings.push({ key: 'protocol', value: protocol });
  if (kind) found.ignored.push(kind);
  if (instance) found.ignored.push('instance');
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const sign = pair.indexOf('=');
    found.settings.push({
      key: sign < 0 ? pair : pair.slice(0, sign),
      value: sign < 0 ? '' : bare(pair.slice(sign + 1)),
    });
  }
  return found;
}
