import type { z } from 'zod';
import type { Reason } from '#lib/core/errors.ts';
import { familyOf, isFullName, lastName, nameKey } from '#lib/tree/full-name.ts';
import { canonicalDefinition } from '#lib/variables/variable-row.ts';
import { checkForm } from './check-form.ts';
import { elementPaths } from './element-files.ts';
import { appFileSchema, headingFileSchema, variablesFileSchema } from './file-schemas.ts';
import { parseJson } from './parse-json.ts';
import type { Source, SourceElement, VariableDefinition } from './source.ts';
import { withFieldIds } from './with-field-ids.ts';

/** A folder of source files, each parsed and checked by itself. */
export type Folder = {
  app: { name: string; title?: string; defaultDatabase?: string };
  variables: Record<string, VariableDefinition>;
  /** `id` is empty where the file has none */
  elements: SourceElement[];
};

/**
 * Reads a folder's files, path → text. `present` is the app's source: a model's field without an id is the present one
 * of its name. @returns every fault of every file, each message beginning with its path; `folder` is whole only without faults
 */
export function readFiles(files: Record<string, string>, present: Source): { folder: Folder; faults: Reason[] } {
  const reader = new Reader(files);
  const app = reader.parse('app.json', appFileSchema);
  if (!app && !('app.json' in files)) reader.fault('app.json', 'expected this file, found none');
  const variables = 'variables.json' in files ? reader.parse('variables.json', variablesFileSchema) : {};
  const known = new Map(
    present.elements.flatMap((element) => [
      [element.id, element],
      [nameKey(element.fullName), element],
    ]),
  );
  const elements = folders(files, reader).flatMap((name) => readElement(name, reader, known) ?? []);
  return {
    folder: {
      app: (app ?? { name: '' }) as Folder['app'],
      variables: Object.fromEntries(
        Object.entries(variables ?? {}).map(([key, definition]) => [
          key,
          canonicalDefinition(definition as VariableDefinition),
        ]),
      ),
      elements,
    },
    faults: reader.faults,
  };
}

/** Parses files one by one and keeps what is wrong with them. */
class Reader {
  readonly faults: Reason[] = [];
  readonly #files: Record<string, string>;

  constructor(files: Record<string, string>) {
    this.#files = files;
  }

  fault(path: string, message: string, more: Partial<Reason> = {}): void {
    const next = 'Correct the file and push again.';
    this.faults.push({ ...more, code: 'wrong-file', message: `${path}: ${message}.`, next });
  }

  /** The value of a JSON file; undefined, with a fault, where it is none. */
  json(path: string): unknown {
    const parsed = parseJson(this.#files[path] ?? '');
    if (parsed.ok) return parsed.value;
    this.fault(path, parsed.message);
    return undefined;
  }

  parse<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> | undefined {
    if (!Object.hasOwn(this.#files, path)) return undefined;
    const value = this.json(path);
    if (value === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { path: at, message } of parsed.error.issues) {
      this.fault(path, at.length === 0 ? message : `${at.map(String).join('.')}: ${message}`);
    }
    return undefined;
  }

  has(path: string): boolean {
    return Object.hasOwn(this.#files, path);
  }
}

const HIDDEN = /(^|\/)\./;

/** Full names of the folders that hold an element's files; any other file is a fault, hidden ones are passed over. */
function folders(files: Record<string, string>, reader: Reader): string[] {
  const names = new Set<string>();
  for (const path of Object.keys(files)) {
    const steps = path.split('/');
    if (
      path.startsWith('/') ||
      path.includes('\\') ||
      steps.includes('..') ||
      steps.includes('.') ||
      steps.includes('')
    ) {
      reader.fault(path, 'expected a path within the folder');
    } else if (path !== 'app.json' && path !== 'variables.json' && !HIDDEN.test(path)) {
      const name = steps.slice(0, -1).join('.');
      const { heading, own } = elementPaths(name);
      if (isFullName(name) && (path === heading || path === own)) names.add(name);
      else reader.fault(path, isFullName(name) ? `expected ${heading} or ${own}` : 'is no file of an element');
    }
  }
  return [...names];
}

/** @param present the app's elements by id and by folded name, which never look alike */
function readElement(name: string, reader: Reader, present: ReadonlyMap<string, SourceElement>): SourceElement | null {
  const paths = elementPaths(name);
  for (const path of [paths.heading, paths.own])
    if (!reader.has(path)) reader.fault(path, 'expected this file, found none');
  const heading = reader.parse(paths.heading, headingFileSchema);
  const body = reader.has(paths.own) ? reader.json(paths.own) : undefined;
  if (!heading || body === undefined) return null;
  const family = familyOf(name);
  const known = present.get(heading.id ?? nameKey(name));
  const whole = family === 'models' ? withFieldIds(body, known?.family === 'models' ? known.body : null) : body;
  const form = checkForm(name, family, heading.type, whole);
  if (!form.ok) {
    for (const { message, field } of form.reasons) {
      const path = field === 'type' ? paths.heading : paths.own;
      reader.fault(path, message.replace(/\.$/, ''), { element: name, ...(field === undefined ? {} : { field }) });
    }
    return null;
  }
  const { id = '', title, type, description, tags } = heading;
  return {
    id,
    fullName: name,
    type,
    title: title || lastName(name),
    ...(description ? { description } : {}),
    ...(tags && tags.length > 0 ? { tags } : {}),
    family,
    body: form.body,
  } as SourceElement;
}
