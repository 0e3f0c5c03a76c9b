'use client';
import AddIcon from '@mui/icons-material/Add';
import CopyIcon from '@mui/icons-material/ContentCopy';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import TestIcon from '@mui/icons-material/ElectricalServicesOutlined';
import RenameIcon from '@mui/icons-material/DriveFileRenameOutline';
import MoveIcon from '@mui/icons-material/DriveFileMoveOutlined';
import OpenIcon from '@mui/icons-material/OpenInNew';
import TablesIcon from '@mui/icons-material/TableRowsOutlined';
import Divider from '@mui/material/Divider';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { SvgIconComponent } from '@mui/icons-material';
import type { TreeDialog } from './TreeDialogs.tsx';
import type { TreeNode } from './tree-nodes.ts';
import { useWorkbench } from './workbench-context.ts';

type Props = {
  node: TreeNode;
  x: number;
  y: number;
  onClose: () => void;
  onRename: () => void;
  onDialog: (kind: TreeDialog['kind']) => void;
};

/** Actions on a row of the tree, with their keys. */
export function TreeMenu({ node, x, y, onClose, onRename, onDialog }: Props) {
  const { open, mayEdit } = useWorkbench();
  const item = (label: string, Icon: SvgIconComponent, act: () => void, keys?: string) => (
    <MenuItem
      key={label}
      onClick={() => {
        onClose();
        act();
      }}
    >
      <ListItemIcon>
        <Icon />
      </ListItemIcon>
      <span style={{ flex: 1 }}>{label}</span>
      {keys ? <kbd style={{ opacity: 0.7 }}>{keys}</kbd> : null}
    </MenuItem>
  );
  const isElement = node.kind === 'element';
  return (
    <Menu open onClose={onClose} anchorReference="anchorPosition" anchorPosition={{ left: x, top: y }}>
      {isElement ? item('Open', OpenIcon, () => open(node.id), 'Enter') : null}
      {mayEdit && isElement && node.family !== 'models'
        ? item('Test', TestIcon, () => open(node.id, '?test=now'), 'Ctrl Enter')
        : null}
      {mayEdit && !isElement ? item('Add here', AddIcon, () => onDialog('add')) : null}
      {mayEdit && (node.family === 'models' ? !isElement : node.family === 'databases' && isElement)
        ? item(isElement ? 'Models from its tables' : 'From existing tables', TablesIcon, () =>
            open('from-tables', isElement ? `?database=${node.id}` : undefined),
          )
        : null}
      {mayEdit && node.kind !== 'family'
        ? [
            item('Rename', RenameIcon, onRename, 'F2'),
            item('Move', MoveIcon, () => onDialog('move')),
            isElement ? item('Duplicate', CopyIcon, () => onDialog('duplicate'), 'Ctrl D') : null,
            isElement ? <Divider key="line" /> : null,
            isElement ? item('Delete', DeleteIcon, () => onDialog('delete'), 'Del') : null,
          ]
        : null}
    </Menu>
  );
}
