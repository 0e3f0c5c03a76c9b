'use client';
import AddIcon from '@mui/icons-material/Add';
import FilterIcon from '@mui/icons-material/FilterList';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import Skeleton from '@mui/material/Skeleton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { Tree } from 'react-arborist';
import type { NodeApi, TreeApi } from 'react-arborist';
import { useToasts } from '#app/_components/Toasts.tsx';
import { useOverview } from '../_data/use-app-data.ts';
import { TreeDialogs, TreeMenu } from './on-demand.tsx';
import type { TreeDialog } from './TreeDialogs.tsx';
import { TreeRow } from './TreeRow.tsx';
import { TreeCommands } from './tree-commands-context.ts';
import { treeOf } from './tree-nodes.ts';
import type { TreeNode } from './tree-nodes.ts';
import { useElementActions } from './use-element-actions.ts';
import { useSize } from './use-size.ts';
import { parseView } from './view.ts';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';

const ROW = 28;

/** Everything the app consists of. Arrows, type-ahead, F2, Delete, Ctrl D; drag to move. */
export function ElementTree() {
  const { app, open, mayEdit } = useWorkbench();
  const { view } = useWorkbenchState();
  const { data, error } = useOverview(app);
  const [filter, setFilter] = useState('');
  const [dialog, setDialog] = useState<TreeDialog | null>(null);
  const [menu, setMenu] = useState<{ node: TreeNode; x: number; y: number } | null>(null);
  const tree = useRef<TreeApi<TreeNode>>(null);
  const [box, size] = useSize<HTMLDivElement>();
  const { fail } = useToasts();
  const actions = useElementActions(app);
  const nodes = useMemo(() => treeOf(data?.elements ?? []), [data?.elements]);
  const term = useDeferredValue(filter.trim());
  const { fullName, draftType } = parseView(view);

  const commands = useMemo(
    () => ({
      add: (node: TreeNode | null) => setDialog({ kind: 'add', node }),
      menu: (node: TreeNode, at: { x: number; y: number }) => setMenu({ node, ...at }),
    }),
    [],
  );
  const act = (event: KeyboardEvent) => {
    const node = tree.current?.focusedNode?.data;
    if (!node || !mayEdit || (event.target as HTMLElement).tagName === 'INPUT') return;
    if (event.key === 'F2' && node.kind !== 'family') void tree.current?.edit(node.id);
    else if (event.key === 'Delete' && node.kind === 'element') setDialog({ kind: 'delete', node });
    else if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey) && node.kind === 'element') {
      setDialog({ kind: 'duplicate', node });
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      const at =
        document.querySelector('[role="treeitem"]:focus-within, [role="treeitem"][aria-selected="true"]') ??
        (event.target as HTMLElement);
      const { left, bottom } = at.getBoundingClientRect();
      setMenu({ node, x: left + 40, y: bottom });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 3, pt: 2, pb: 1 }}>
        <Typography variant="h3" component="h2" id="tree-title" sx={{ flex: 1 }}>
          Elements
        </Typography>
        {mayEdit ? (
          <Tooltip title="Add an element">
            <IconButton aria-label="Add an element" onClick={() => setDialog({ kind: 'add', node: null })}>
              <AddIcon />
            </IconButton>
          </Tooltip>
        ) : null}
      </Box>
      <Box sx={{ px: 2, pb: 1.5 }}>
        <OutlinedInput
          fullWidth
          type="search"
          value={filter}
          placeholder="Filter"
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter('');
          }}
          slotProps={{ input: { 'aria-label': 'Filter the tree' } }}
          startAdornment={
            <InputAdornment position="start">
              <FilterIcon sx={{ fontSize: 16 }} />
            </InputAdornment>
          }
          sx={{ '& input': { py: '3px' } }}
        />
      </Box>
      <Box
        ref={box}
        onKeyDownCapture={act}
        style={{ '--tree-width': `${size.width}px` } as CSSProperties}
        sx={{
          flex: 1,
          minHeight: 0,
          overflow: 'hidden',
          '& [role="tree"]': { outline: 'none' },
          '& [role="tree"] > div': { overflowX: 'hidden !important' },
        }}
      >
        {data ? (
          <TreeCommands value={commands}>
            <Tree<TreeNode>
              ref={tree}
              data={nodes}
              aria-labelledby="tree-title"
              width="100%"
              height={size.height}
              rowHeight={ROW}
              indent={14}
              overscanCount={8}
              openByDefault
              disableMultiSelection
              disableDeselectOnClick
              searchTerm={term}
              searchMatch={(node, text) => matches(node, text)}
              {...(fullName && !draftType ? { selection: fullName } : {})}
              disableEdit={(node) => !mayEdit || node.kind === 'family'}
              disableDrag={(node) => !mayEdit || node.kind === 'family'}
              disableDrop={({ parentNode, dragNodes }) =>
                !mayEdit ||
                parentNode.isRoot ||
                parentNode.data.kind === 'element' ||
                dragNodes.some((dragged) => dragged.data.family !== parentNode.data.family)
              }
              onActivate={(node) => (node.data.kind === 'element' ? open(node.data.id) : node.toggle())}
              onRename={({ node, name }) => {
                void actions.rename(node.data, name).catch(fail);
              }}
              onMove={({ dragNodes, parentId }) => {
                const node = dragNodes[0]?.data;
                if (node && parentId) void actions.move(node, `${parentId}.${node.name}`).catch(fail);
              }}
            >
              {TreeRow}
            </Tree>
          </TreeCommands>
        ) : error ? null : (
          <Box sx={{ px: 3, display: 'grid', gap: 1.5 }}>
            {[80, 55, 62, 70, 48, 66].map((width) => (
              <Skeleton key={width} variant="rounded" height={18} width={`${width}%`} />
            ))}
          </Box>
        )}
      </Box>
      {menu ? (
        <TreeMenu
          {...menu}
          onClose={() => setMenu(null)}
          onRename={() => void tree.current?.edit(menu.node.id)}
          onDialog={(kind) => setDialog({ kind, node: menu.node })}
        />
      ) : null}
      {dialog ? <TreeDialogs dialog={dialog} elements={data?.elements ?? []} onClose={() => setDialog(null)} /> : null}
    </>
  );
}

function matches(node: NodeApi<TreeNode>, text: string): boolean {
  const { data } = node;
  const hay = data.kind === 'element' ? `${data.id} ${data.element.title} ${data.element.type}` : data.id;
  return hay.toLowerCase().includes(text.toLowerCase());
}
