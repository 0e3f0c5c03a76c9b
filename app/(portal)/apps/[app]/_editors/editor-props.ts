/** What every editor gets. `fullName` is null for a page; `draftType` is set while the element is not saved yet. */
export type EditorProps = { fullName: string | null; draftType: string | null };
