'use client';
import AddIcon from '@mui/icons-material/Add';
import ChevronIcon from '@mui/icons-material/ChevronRight';
import FolderIcon from '@mui/icons-material/FolderOutlined';
import MoreIcon from '@mui/icons-material/MoreHoriz';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { use } from 'react';
import type { NodeRendererProps } from 'react-arborist';
import { EngineLogo } from '#elements/database/ui/EngineLogo.tsx';
import { ELEMENT_NAME } from '#elements/element-name.ts';
import { Status } from '#app/_components/Status.tsx';
import { TreeCommands } from './tree-commands-context.ts';
import type { TreeNode } from './tree-nodes.ts';
import { ViewIcon } from './ViewIcon.tsx';
import { useWorkbench, useWorkbenchState } from './workbench-context.ts';

/** One row: icon, name, state of the last test in the chosen environment, and its actions on hover or focus. */
export function TreeRow({ node, style, dragHandle }: NodeRendererProps<TreeNode>) {
  const { data } = node;
  const { menu, add } = use(TreeCommands);
  const { mayEdit } = useWorkbench();
  return (
    <Box
      ref={dragHandle}
      style={style}
      onContextMenu={(event) => {
        event.preventDefault();
        node.focus();
        menu(data, { x: event.clientX, y: event.clientY });
      }}
      sx={{
        height: '100%',
        mx: 1.5,
        pr: 1,
        // the tree lets a row grow with its text
        maxWidth: 'calc(var(--tree-width) - 12px)',
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        borderRadius: '5px',
        cursor: 'pointer',
        userSelect: 'none',
        fontSize: 13,
        fontWeight: data.kind === 'family' ? 550 : 400,
        bgcolor: node.isSelected ? 'surface.selected' : node.willReceiveDrop ? 'surface.hover' : 'transparent',
        outline: node.isFocused && node.tree.hasFocus ? '2px solid var(--mui-palette-primary-main)' : 'none',
        outlineOffset: -2,
        '&:hover': { bgcolor: node.isSelected ? 'surface.selected' : 'surface.hover' },
        '& .row-action': { opacity: 0 },
        '&:hover .row-action, & .row-action:focus-visible': { opacity: 1 },
        '@media (hover: none)': { '& .row-action': { opacity: 0.7 } },
      }}
    >
      <Lead node={node} />
      {node.isEditing ? <NameInput node={node} /> : <Name data={data} />}
      {data.kind === 'element' ? <LastTest data={data} /> : null}
      {mayEdit && !node.isEditing && data.kind !== 'element' ? (
        <IconButton
          className="row-action"
          tabIndex={-1}
          aria-label={`Add to ${data.name}`}
          sx={{ p: '2px' }}
          onClick={(event) => {
            event.stopPropagation();
            add(data);
          }}
        >
          <AddIcon sx={{ fontSize: 16 }} />
        </IconButton>
      ) : null}
      {mayEdit && !node.isEditing && data.kind !== 'family' ? (
        <IconButton
          className="row-action"
          tabIndex={-1}
          aria-label={`Actions for ${data.name}`}
          sx={{ p: '2px' }}
          onClick={(event) => {
            event.stopPropagation();
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            menu(data, { x: left, y: bottom });
          }}
        >
          <MoreIcon sx={{ fontSize: 16 }} />
        </IconButton>
      ) : null}
    </Box>
  );
}

function Lead({ node }: Pick<NodeRendererProps<TreeNode>, 'node'>) {
  const { data } = node;
  if (data.kind === 'element') {
    return (
      <Box component="span" sx={{ ml: '20px', display: 'flex' }}>
        {data.element.engine ? <EngineLogo engine={data.element.engine} size={15} /> : <ViewIcon view={data.family} />}
      </Box>
    );
  }
  return (
    <>
      <ChevronIcon
        aria-hidden
        sx={{
          fontSize: 16,
          ml: '-2px',
          mr: '-2px',
          color: 'text.secondary',
          transform: node.isOpen ? 'rotate(90deg)' : 'none',
          transition: 'transform 100ms',
        }}
      />
      {data.kind === 'family' ? (
        <ViewIcon view={data.family} />
      ) : (
        <FolderIcon aria-hidden sx={{ fontSize: 16, opacity: 0.85 }} />
      )}
    </>
  );
}

function Name({ data }: { data: TreeNode }) {
  return (
    <Box
      component="span"
      title={data.id}
      sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
    >
      {data.kind === 'family' ? `${data.name[0]?.toUpperCase()}${data.name.slice(1)}` : data.name}
      {data.kind === 'family' ? (
        <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400, ml: 1.5, fontSize: 12 }}>
          {data.count}
        </Box>
      ) : null}
    </Box>
  );
}

function LastTest({ data }: { data: Extract<TreeNode, { kind: 'element' }> }) {
  const { environment } = useWorkbenchState();
  const test = data.element.tests[environment];
  return test ? <Status kind={test.state} size={13} label={`last test in ${environment}: ${test.state}`} /> : null;
}

function NameInput({ node }: Pick<NodeRendererProps<TreeNode>, 'node'>) {
  return (
    <Box
      component="input"
      aria-label={`New name of ${node.data.name}`}
      defaultValue={node.data.name}
      ref={(input: HTMLInputElement | null) => input?.select()}
      onBlur={() => node.reset()}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') node.reset();
        if (event.key !== 'Enter') return;
        const name = event.currentTarget.value.trim();
        if (ELEMENT_NAME.test(name)) node.submit(name);
        else event.currentTarget.setCustomValidity('Letters, digits and _ are expected, a letter first, at most 63.');
        event.currentTarget.reportValidity();
      }}
      onInput={(event) => event.currentTarget.setCustomValidity('')}
      sx={{
        flex: 1,
        minWidth: 0,
        font: 'inherit',
        color: 'inherit',
        bgcolor: 'background.paper',
        border: '1px solid',
        borderColor: 'primary.main',
        borderRadius: '4px',
        px: 1,
        py: 0,
        height: 22,
        outline: 'none',
      }}
    />
  );
}
