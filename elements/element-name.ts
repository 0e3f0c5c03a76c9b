/** An element's own name, a folder's and a field's, as a part of a pattern (product.md section 1). */
export const NAME_PATTERN = '[A-Za-z][A-Za-z0-9_]{0,62}';

export const ELEMENT_NAME = new RegExp(`^${NAME_PATTERN}$`);
