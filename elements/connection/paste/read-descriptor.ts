import { place, TextRefused, type Found } from './pasted.ts';
import { SEVERAL_HOSTS } from './rules/rule.ts';

type Node = { key: string; value: string; children: Node[] };

const DEEPEST = 12;

/** `(DESCRIPTION=…)`, with or without the name of an entry in tnsnames.ora before it. */
export function looksLikeDescriptor(text: string): boolean {
  return /^\s*(?:[\w.,-]+\s*=\s*)?\(/.test(text);
}

/** Oracle Net's connect descriptor (Database Net Services Reference, local naming parameters), from `start` on. @throws TextRefused */
export function readDescriptor(text: string, start = 0): Found {
  const found: Found = {
    form: 'TNS descriptor',
    engine: 'oracle',
    parts: [],
    settings: [],
    namesHost: true,
    seconds: true,
    refused: [],
    ignored: [],
  };
  const begin = text.indexOf('(', start);
  const { node, end } = readNode(text, begin, 0);
  const more = text.slice(end).search(/\S/);
  if (more >= 0)
    throw new TextRefused(`One descriptor is expected; at ${place(text, end + more)} something else begins.`);
  const addresses = all(node, 'ADDRESS');
  if (addresses.length > 1 || all(node, 'DESCRIPTION').length > 1)
    found.refused.push({ key: 'ADDRESS', why: SEVERAL_HOSTS });
  for (const leaf of leaves(node)) {
    const ofAddress = addresses.some(({ children }) => children.includes(leaf));
    if (ofAddress && addresses.length > 1) continue;
    const upper = leaf.key.toUpperCase();
    if (ofAddress && upper === 'HOST') found.parts.push({ field: 'host', key: leaf.key, value: leaf.value });
    else if (ofAddress && upper === 'PORT') found.parts.push({ field: 'port', key: leaf.key, value: leaf.value });
    else found.settings.push({ key: leaf.key, value: leaf.value });
  }
  return found;
}

function all(node: Node, key: string): Node[] {
  return [...(node.key.toUpperCase() === key ? [node] : []), ...node.children.flatMap((child) => all(child, key))];
}

function leaves(node: Node): Node[] {
  return node.children.length === 0 ? (node.value === '' ? [] : [node]) : node.children.flatMap(leaves);
}

function readNode(text: string, open: number, depth: number): { node: Node; end: number } {
  if (depth > DEEPEST) throw new TextRefused(`Brackets are nested too deep at ${place(text, open)}.`);
  const head = /\(\s*([A-Za-z_][\w.]*)\s*=\s*/y;
  head.lastIndex = open;
  const key = head.exec(text)?.[1];
  if (key === undefined) throw new TextRefused(`(KEY=value) is expected at ${place(text, open)}.`);
  const children: Node[] = [];
  let position = head.lastIndex;
  while (text[position] === '(') {
    const { node, end } = readNode(text, position, depth + 1);
    children.push(node);
    const blank = /\s*/y;
    blank.lastIndex = end;
    position = end + (blank.exec(text)?.[0].length ?? 0);
  }
  const body = /\s*("[^"]*"|[^()"]*)/y;
  body.lastIndex = position;
  const value = (body.exec(text)?.[1] ?? '').trim();
  position = body.lastIndex;
  const rest = /\s*\)/y;
  rest.lastIndex = position;
  if (!rest.test(text)) throw new TextRefused(`The ( at ${place(text, open)} is not closed.`);
  return { node: { key, value: value.replace(/^"(.*)"$/s, '$1'), children }, end: rest.lastIndex };
}
