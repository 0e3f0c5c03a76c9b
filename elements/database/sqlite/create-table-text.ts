/**
 * What only the text of CREATE TABLE tells: names of constraints, and parts that Mooring has no words for.
 * Reads the grammar of the manual, "CREATE TABLE", as far as that needs.
 */
export type TableText = {
  /** `extras`: its checks and collation, which {@link Column} has no words for, as they stand */
  columns: { name: string; text: string; extras: string[] }[];
  /** in the order in which they stand, those of columns included */
  foreignKeys: { name: string | null; columns: string[] }[];
  uniques: { name: string | null; columns: string[] }[];
  primaryKeyName: string | null;
  /** constraints of the table that are neither key nor reference, as they stand */
  checks: string[];
  /** what follows the closing parenthesis: `WITHOUT ROWID`, `STRICT` */
  options: string;
};

// without the flag u, which makes it several times slower: names beyond the first plane are words by their surrogates
const TOKEN =
  /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\/|[\w$\x80-\uffff]+|\s+|./gs;
const TABLE_CONSTRAINT = new Set(['constraint', 'primary', 'unique', 'check', 'foreign']);
const COLUMN_CONSTRAINT = new Set(['check', 'collate', 'references', 'unique', 'primary']);

export function readCreateTable(sql: string): TableText {
  const all: string[] = sql.match(TOKEN) ?? [];
  const open = all.indexOf('(');
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
  if (TABLE_CONSTRAINT.has(words[0]!.toLowerCase())) readConstraint(words, text, [], result);
  else {
    const name = unquote(words[0]!);
    const extras: string[] = [];
    for (const constraint of columnConstraints(part)) {
      const own = constraint.filter((token) => !isBlank(token));
      if (/^(?:check|collate)$/iu.test(withoutName(own)[0] ?? '')) extras.push(constraint.join(''));
      else readConstraint(own, '', [name], result);
    }
    result.columns.push({ name, text, extras });
  }
}

/** @param own the column that the constraint stands at; empty for one of the table */
function readConstraint(words: string[], text: string, own: string[], result: TableText): void {
  const rest = withoutName(words);
  const name = rest === words ? null : unquote(words[1]!);
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

/** `CONSTRAINT name` taken off. */
function withoutName(words: string[]): string[] {
  return isConstraint(words[0]!) ? words.slice(2) : words;
}

/** The constraints of a column that matter here, each from its CONSTRAINT or its first word to its end, blanks included. */
function columnConstraints(part: string[]): string[][] {
  const found: string[][] = [];
  const word = (from: number) => {
    let at = from;
    while (at < part.length && isBlank(part[at]!)) at += 1;
    return at;
  };
  for (let at = word(word(0) + 1); at < part.length; at = word(at + 1)) {
    const start = at;
    if (isConstraint(part[at]!)) at = word(word(at + 1) + 1);
    const kind = part[at]?.toLowerCase() ?? '';
    if (kind === 'check' || kind === '(') at = closing(part, at);
    else if (kind === 'collate') at = word(at + 1);
    if (COLUMN_CONSTRAINT.has(kind)) found.push(part.slice(start, at + 1));
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

const isConstraint = (token: string) => token.length === 10 && token.toLowerCase() === 'constraint';

/** By its first character, since most tokens are words. */
function isBlank(token: string): boolean {
  const first = token[0]!;
  if (first === '-' || first === '/') return token.startsWith('--') || token.startsWith('/*');
  return first <= ' ' || (first > '~' && token.trim() === '');
}

function unquote(name: string): string {
  const sign = name[0]!;
  if (sign === '[') return name.slice(1, -1);
  return '"`\''.includes(sign) ? name.slice(1, -1).replaceAll(sign + sign, sign) : name;
}
