/** Part of an element's address that names the field to go to. */
export const fieldSearch = (field: string | undefined): string => (field ? `?field=${encodeURIComponent(field)}` : '');
