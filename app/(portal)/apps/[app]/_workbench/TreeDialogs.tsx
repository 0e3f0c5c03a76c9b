'use client';
import type { ElementNode } from '#lib/http/api.ts';
import { AddElementDialog } from './AddElementDialog.tsx';
import { DeleteElementDialog } from './DeleteElementDialog.tsx';
import { PlaceDialog } from './PlaceDialog.tsx';
import { freeName } from './tree-nodes.ts';
import type { TreeNode } from './tree-nodes.ts';
import { useElementActions } from './use-element-actions.ts';
import { useWorkbench } from './workbench-context.ts';

export type TreeDialog = { kind: 'add' | 'move' | 'duplicate' | 'delete'; node: TreeNode | null };

/** The dialog the tree has open. */
export function TreeDialogs({
  dialog: { kind, node },
  elements,
  onClose,
}: {
  dialog: TreeDialog;
  elements: ElementNode[];
  onClose: () => void;
}) {
  const { app } = useWorkbench();
  const actions = useElementActions(app);
  if (kind === 'add') return <AddElementDialog at={node} elements={elements} onClose={onClose} />;
  if (!node) return null;
  if (kind === 'delete')
    return node.kind === 'element' ? <DeleteElementDialog element={node.element} onClose={onClose} /> : null;
  const folder = node.id.split('.').slice(0, -1).join('.');
  if (kind === 'duplicate') {
    return (
      <PlaceDialog
        title={`Duplicate ${node.name}`}
        submit="Duplicate"
        family={node.family}
        folder={folder}
        name={freeName(elements, folder, node.name)}
        elements={elements}
        onClose={onClose}
        onSubmit={(to) => actions.duplicate(node.id, to)}
      />
    );
  }
  return (
    <PlaceDialog
      title={`Move ${node.name}`}
      submit="Move"
      family={node.family}
      folder={folder}
      name={node.name}
      elements={elements.filter((element) => !element.fullName.startsWith(`${node.id}.`))}
      onClose={onClose}
      onSubmit={(to) => actions.move(node, to)}
    />
  );
}
