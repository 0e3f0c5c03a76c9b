/**
 * What only the text of CREATE TABLE tells: names of constraints, and parts that Mooring has no words for.
 * Reads the grammar of the manual, "CREATE TABLE", as far as that needs.
 */
export type TableText = {
  columns: { name: string; text: string }[];
  /** in the order in which they stand, those of columns included */
  foreignKeys: { name: string | null; columns: string[] }[];
  uniques: { name: string | null; columns: string[] }[];
  primaryKeyName: string | null;
  /** constraints of the table that are neither key nor reference, as they stand */
  checks: string[];
  /** what follows the closing parenthesis: `WITHOUT ROWID`, `STRICT` */
  options: string;
};

const TOKEN =
  /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|[\w$\u{80}-\u{10ffff}]+|\s+|./gsu;
const TABLE_CONSTRAINT = /^(?:constraint|primary|unique|check|foreign)$/iu;

export function readCreateTable(sql: string): TableText {
  const open = tokens(sql).findIndex((token) => token === '(');
  const all = tokens(sql);
  const close = closing(all, open);
  const result: TableText = {
    columns: [],
    foreignKeys: [],
    uniques: [],
    primaryKeyName: null,
    checks: [],
    options: all
      .slice(close + 1)
      .join('')
      .trim(),
  };
  for (const part of split(all.slice(open + 1, close))) readPart(part, result);
  return result;
}

function readPart(part: string[], result: TableText): void {
  const words = part.filter((token) => !isBlank(token));
  const text = part.join('').trim();
  if (words.length === 0) return;
  if (TABLE_CONSTRAINT.test(words[0]!)) readConstraint(words, text, [], result);
  else {
    const name = unquote(words[0]!);
    result.columns.push({ name, text });
    for (const constraint of columnConstraints(words.slice(1))) readConstraint(constraint, '', [name], result);
  }
}

/** @param own the column that the constraint stands at; empty for one of the table */
function readConstraint(words: string[], text: string, own: string[], result: TableText): void {
  const named = /^constraint$/iu.test(words[0]!);
  const name = named ? unquote(words[1]!) : null;
  const rest = named ? words.slice(2) : words;
  const columns = own.length ? own : columnList(rest);
  switch (rest[0]?.toLowerCase()) {
    case 'foreign':
    case 'references':
      result.foreignKeys.push({ name, columns });
      break;
    case 'unique':
      result.uniques.push({ name, columns });
      break;
    case 'primary':
      result.primaryKeyName = name;
      break;
    case 'check':
      if (text) result.checks.push(text);
      break;
  }
}

/** The constraints of a column that matter here, each from its CONSTRAINT or its first word. */
function columnConstraints(words: string[]): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!.toLowerCase();
    if (word === '(') at = closing(words, at);
    else if (word === 'constraint') {
      found.push(words.slice(at, at + 3));
      at += 2;
    } else if (word === 'references' || word === 'unique' || word === 'primary') found.push([words[at]!]);
  }
  return found;
}

function columnList(words: string[]): string[] {
  const open = words.indexOf('(');
  if (open < 0) return [];
  return split(words.slice(open + 1, closing(words, open))).map((part) => unquote(part[0] ?? ''));
}

function split(list: string[]): string[][] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of list) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === ',' && depth === 0) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

function closing(list: string[], open: number): number {
  let depth = 0;
  for (let at = open; at < list.length; at += 1) {
    if (list[at] === '(') depth += 1;
    if (list[at] === ')' && --depth === 0) return at;
  }
  return list.length;
}

function tokens(sql: string): string[] {
  return sql.match(TOKEN) ?? [];
}

function isBlank(token: string): boolean {
  return /^(?:\s|--|\/\*)/u.test(token);
}

function unquote(name: string): string {
  const sign = name[0]!;
  if (sign === '[') return name.slice(1, -1);
  return '"`\''.includes(sign) ? name.slice(1, -1).replaceAll(sign + sign, sign) : name;
}
