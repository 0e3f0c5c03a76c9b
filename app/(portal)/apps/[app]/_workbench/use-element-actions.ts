'use client';
import { useMemo } from 'react';
import { useSWRConfig } from 'swr';
import { useToasts } from '#app/_components/Toasts.tsx';
import { request } from '#app/_components/request.ts';
import type { AppOverview, ElementDetail } from '#lib/http/api.ts';
import { isWithin } from '#lib/tree/full-name.ts';
import { appPath, elementPath } from '../_data/paths.ts';
import { useRefresh } from '../_data/use-app-data.ts';
import type { TreeNode } from './tree-nodes.ts';
import { useWorkbench } from './workbench-context.ts';

/** What the tree does to elements. Each refreshes the app's data and follows open tabs; each throws RequestFailure. */
export function useElementActions(app: string) {
  const refresh = useRefresh(app);
  const { retarget, drop, open } = useWorkbench();
  const { say, fail } = useToasts();
  const { cache } = useSWRConfig();
  return useMemo(() => {
    const present = () => (cache.get(appPath(app))?.data as AppOverview | undefined)?.elements ?? [];
    const moveElement = async (fullName: string, revision: number, to: string) => {
      const { elements } = await request<{ elements: ElementDetail[] }>(`${elementPath(app, fullName)}/move`, {
        body: { revision, to },
      });
      retarget(new Map([[fullName, to]]));
      await refresh();
      return elements[0]?.revision ?? revision;
    };
    const moveFolder = async (names: string[], from: string, to: string) => {
      await request(`${appPath(app)}/folders/move`, { body: { from, to } });
      retarget(new Map(names.map((name) => [name, `${to}${name.slice(from.length)}`])));
      await refresh();
    };
    /**
     * @param to new fullName, or for a folder its new path
     * @returns what takes it back; null where that can not be told from what was there before
     */
    const move = async (node: TreeNode, to: string): Promise<(() => Promise<unknown>) | null> => {
      if (node.kind === 'element') {
        const revision = await moveElement(node.id, node.element.revision, to);
        return () => moveElement(to, revision, node.id);
      }
      const below = belowOf(node);
      const merges = present().some(({ fullName }) => isWithin(fullName, to) && !below.includes(fullName));
      await moveFolder(below, node.id, to);
      if (merges) return null;
      return () =>
        moveFolder(
          below.map((name) => `${to}${name.slice(node.id.length)}`),
          to,
          node.id,
        );
    };
    /** {@link move}, with a message that can take it back. */
    const moveUndoably = async (node: TreeNode, to: string) => {
      if (to === node.id) return;
      const undo = await move(node, to);
      const back = () =>
        undo?.().then(() => say(`${node.name} is back in ${node.id.split('.').slice(0, -1).join('.')}.`), fail);
      say(`${node.name} is in ${to.split('.').slice(0, -1).join('.')} now.`, undo ? { undo: () => void back() } : {});
    };
    return {
      move: moveUndoably,
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
  }, [app, refresh, retarget, drop, open, say, fail, cache]);
}

function belowOf(node: TreeNode): string[] {
  return node.kind === 'element' ? [node.id] : node.children.flatMap(belowOf);
}
