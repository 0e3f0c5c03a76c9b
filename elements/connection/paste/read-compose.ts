import { engineOfWord } from './engine-words.ts';
import type { PasteEngine } from './engine-fields.ts';
import { TextRefused, type Found, type Refusal } from './pasted.ts';
import { readVariables, type ReadText } from './read-env.ts';
import { isMap, readYaml, textOf, type YamlMap, type YamlValue } from './yaml-documents.ts';

const PORTS: Record<PasteEngine, string> = {
  sqlite: '',
  postgresql: '5432',
  mysql: '3306',
  sqlserver: '1433',
  oracle: '1521',
  dm: '5236',
};
/** Who the administrator's password of an image belongs to. */
const ROOT: Partial<Record<PasteEngine, { key: RegExp; user: string }>> = {
  mysql: { key: /_ROOT_PASSWORD$/, user: 'root' },
  sqlserver: { key: /SA_PASSWORD$/, user: 'sa' },
  oracle: { key: /^ORACLE_(?:PASSWORD|PWD)$/, user: 'system' },
};

/** A service of a compose file that runs a database: its image, environment and published port. @throws TextRefused */
export function readCompose(text: string, hint: PasteEngine | undefined, read: ReadText): Found {
  const services = servicesOf(readYaml(text));
  const databases = services.flatMap(([name, service]) => {
    const engine = engineOfWord(textOf(service.image));
    return engine ? [{ name, service, engine }] : [];
  });
  const chosen = databases.find(({ engine }) => engine === hint) ?? databases[0];
  if (!chosen)
    return readVariables(
      'compose file',
      services.flatMap(([, service]) => variablesOf(service)),
      { hint, read, bare: false },
    );
  const found = readService(chosen.name, chosen.service, chosen.engine, read);
  for (const { name } of databases.filter((each) => each !== chosen))
    found.refused.push({ key: name, why: 'a second database; paste it alone' });
  for (const [name] of services) if (!databases.some((each) => each.name === name)) found.ignored.push(name);
  return found;
}

function servicesOf(documents: YamlMap[]): [string, YamlMap][] {
  const all = documents.flatMap((document) => {
    if (isMap(document.services)) return Object.entries(document.services);
    return document.image === undefined && document.environment === undefined
      ? Object.entries(document)
      : [['service', document] as [string, YamlValue]];
  });
  const services = all.filter((each): each is [string, YamlMap] => isMap(each[1]));
  if (services.length === 0)
    throw new TextRefused('A compose file has services, each with an image and an environment; none was found.');
  return services;
}

function variablesOf({ environment }: YamlMap): { key: string; value: string }[] {
  if (isMap(environment)) return Object.entries(environment).map(([key, value]) => ({ key, value: textOf(value) }));
  if (!Array.isArray(environment)) return [];
  return environment
    .map(textOf)
    .filter((line) => line.includes('='))
    .map((line) => ({ key: line.slice(0, line.indexOf('=')), value: line.slice(line.indexOf('=') + 1) }));
}

function readService(name: string, service: YamlMap, engine: PasteEngine, read: ReadText): Found {
  const variables = variablesOf(service);
  const found: Found =
    variables.length === 0
      ? {
          form: 'compose file',
          engine,
          parts: [],
          settings: [],
          namesHost: true,
          seconds: true,
          refused: [],
          ignored: [],
        }
      : { ...readVariables('compose file', variables, { hint: engine, read, bare: false }), engine };
  const root = ROOT[engine];
  const names = found.settings.some(({ name: setting }) => setting === 'user');
  if (root && !names && variables.some(({ key, value }) => root.key.test(key) && !value.includes('${')))
    found.parts.push({ field: 'user', key: 'user', value: root.user });
  if (service.env_file !== undefined) found.refused.push({ key: 'env_file', why: 'a file that stands elsewhere' });
  if (service.ports === undefined) found.parts.push({ field: 'host', key: name, value: name });
  else placePort(found, service.ports, PORTS[engine]);
  return found;
}

/** A published port is reached on this machine; the service's name only inside the network of the file. */
function placePort(found: Found, ports: YamlValue, inside: string): void {
  const refusal: Refusal = { key: 'ports', why: 'none that publishes the port of the database' };
  for (const each of Array.isArray(ports) ? ports : [ports]) {
    const [, published, target] = isMap(each)
      ? [null, textOf(each.published), textOf(each.target)]
      : (/^(?:(?:[\d.]+|\[[^\]]*\]):)?(\d+):(\d+)(?:\/tcp)?$/.exec(textOf(each)) ?? []);
    if (!published || target !== inside) continue;
    found.parts.push(
      { field: 'host', key: 'ports', value: 'localhost' },
      { field: 'port', key: 'ports', value: published },
    );
    return;
  }
  found.refused.push(refusal);
}
