'use client';
import { useMemo } from 'react';
import { request } from '#app/_components/request.ts';
import type { ElementDetail } from '#lib/http/api.ts';
import { appPath, elementPath } from '../_data/paths.ts';
import { useRefresh } from '../_data/use-app-data.ts';
import type { TreeNode } from './tree-nodes.ts';
import { useWorkbench } from './workbench-context.ts';

/** What the tree does to elements. Each refreshes the app's data and follows open tabs; each throws RequestFailure. */
export function useElementActions(app: string) {
  const refresh = useRefresh(app);
  const { retarget, drop, open } = useWorkbench();
  return useMemo(() => {
    /** @param to new fullName, or for a folder its new path */
    const move = async (node: TreeNode, to: string) => {
      if (to === node.id) return;
      if (node.kind === 'element') {
        await request(`${elementPath(app, node.id)}/move`, { body: { revision: node.element.revision, to } });
        retarget(new Map([[node.id, to]]));
      } else {
        await request(`${appPath(app)}/folders/move`, { body: { from: node.id, to } });
        retarget(new Map(belowOf(node).map((name) => [name, `${to}${name.slice(node.id.length)}`])));
      }
      await refresh();
    };
    return {
      move,
      rename: (node: TreeNode, name: string) => move(node, [...node.id.split('.').slice(0, -1), name].join('.')),
      duplicate: async (fullName: string, to: string) => {
        await request<ElementDetail>(`${elementPath(app, fullName)}/duplicate`, { body: { to } });
        await refresh();
        open(to);
      },
      remove: async (fullName: string, revision: number) => {
        await request(`${elementPath(app, fullName)}?revision=${revision}`, { method: 'DELETE' });
        drop(fullName);
        await refresh();
      },
    };
  }, [app, refresh, retarget, drop, open]);
}

function belowOf(node: TreeNode): string[] {
  return node.kind === 'element' ? [node.id] : node.children.flatMap(belowOf);
}
