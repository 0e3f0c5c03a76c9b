import { kindOf, rangeOf, type PasteField } from './engine-fields.ts';

type Checked = { checked: string | number | boolean; wrong?: undefined } | { checked?: undefined; wrong: string };

const LONGEST = { text: 1024, pem: 65_536 };
const CONTROL = /\p{Cc}/u;
const HOST =
  /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?)*\.?$/u;
/** read as an address by a resolver: decimal, octal, hex, short (WHATWG URL, ends-in-a-number checker) */
const NUMERIC_END = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i;
const DOTTED = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/;
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i;
const FILE = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/;
const MODES = ['disable', 'require', 'verify-ca', 'verify-full'];

/** A value as its field takes it, or why not; the value itself is never repeated. */
export function checkPasted(field: PasteField, value: string): Checked {
  switch (kindOf(field)) {
    case 'host':
      return checkHost(value);
    case 'number':
      return checkNumber(field, value);
    case 'boolean':
      return { checked: value === 'true' };
    case 'mode':
      return MODES.includes(value) ? { checked: value } : { wrong: `expected one of ${MODES.join(', ')}` };
    case 'file':
      return checkFile(value);
    case 'pem':
    case 'secretPem':
      return checkPem(value);
    case 'text':
    case 'secret':
      return checkText(value);
  }
}

function checkText(value: string): Checked {
  if (CONTROL.test(value)) return { wrong: 'holds a control character' };
  if (!value.isWellFormed()) return { wrong: 'holds half a character' };
  return value.length > LONGEST.text ? { wrong: `longer than ${LONGEST.text} characters` } : { checked: value };
}

function checkPem(value: string): Checked {
  if (!value.trimStart().startsWith('-----BEGIN ')) {
    return { wrong: 'expected PEM text (-----BEGIN …-----); a path to a file is never followed' };
  }
  return value.length > LONGEST.pem ? { wrong: `longer than ${LONGEST.pem} characters` } : { checked: value };
}

function checkNumber(field: PasteField, value: string): Checked {
  const { min, max } = rangeOf(field);
  const number = /^\d{1,9}$/.test(value.trim()) ? Number(value) : NaN;
  return number >= min && number <= max
    ? { checked: number }
    : { wrong: `expected a whole number from ${min} to ${max}` };
}

function checkHost(value: string): Checked {
  const host = value.trim().replace(/^\[(.*)\]$/, '$1');
  if (/^(?:[/~@\\]|[a-z]:\\|\.{1,2}[/\\])/i.test(host))
    return { wrong: 'a socket or a file in the place of a host is not taken' };
  if (host.includes(',')) return { wrong: 'several hosts; one is expected' };
  if (host.includes('%')) return { wrong: 'a network interface behind an address, or a percent sign, is not taken' };
  if (host.length > 253 || !(HOST.test(host) || IPV6.test(host))) return { wrong: 'no host name or address' };
  if (NUMERIC_END.test(host) && !DOTTED.test(host)) return { wrong: 'an unusual spelling of an address' };
  return { checked: host };
}

function checkFile(value: string): Checked {
  if (value === ':memory:') return { wrong: 'a database in memory keeps nothing' };
  if (/^(?:\/|~|\\|[a-z]:[/\\])/i.test(value))
    return { wrong: 'a path that is not relative; a file lies in the folder of its environment' };
  if (value.split(/[/\\]/).includes('..')) return { wrong: 'a path that leads out of the folder of its environment' };
  const file = value.replace(/^(?:\.\/)+/, '');
  if (file.length > 255 || !FILE.test(file))
    return { wrong: 'expected a relative path of letters, digits, dots, dashes and slashes' };
  return { checked: file };
}
