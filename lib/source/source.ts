import type { FieldTree } from '#elements/connection/fields.ts';
import type { ModelBody } from '#elements/model/model.ts';

export type VariableType = 'text' | 'number' | 'boolean' | 'secret' | 'file';

export type VariableDefinition = {
  name?: string;
  description?: string;
  type: VariableType;
  required?: boolean;
  default?: string | number | boolean;
};

export type { FieldTree };

/** A database's body; `connection` (fullName) is there when it attaches to one, and then no shared field is. */
export type DatabaseBody = FieldTree & { connection?: string };

type Heading = { id: string; fullName: string; type: string; title: string; description?: string; tags?: string[] };

export type ConnectionElement = Heading & { family: 'connections'; body: FieldTree };
export type DatabaseElement = Heading & { family: 'databases'; body: DatabaseBody };
export type ModelElement = Heading & { family: 'models'; body: ModelBody };

export type SourceElement = ConnectionElement | DatabaseElement | ModelElement;
export type Family = SourceElement['family'];

/** `app.json`, the variable definitions and all elements of an app: what pull writes, push reads and a release freezes. */
export type Source = {
  app: { name: string; title: string; defaultDatabase: string | null };
  /** by key, sorted */
  variables: Record<string, VariableDefinition>;
  /** sorted by fullName */
  elements: SourceElement[];
};
