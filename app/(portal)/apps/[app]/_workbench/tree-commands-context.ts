'use client';
import { createContext } from 'react';
import type { TreeNode } from './tree-nodes.ts';

/** What a row of the tree asks the tree for. */
export const TreeCommands = createContext<{
  add: (node: TreeNode | null) => void;
  menu: (node: TreeNode, at: { x: number; y: number }) => void;
}>({ add: () => {}, menu: () => {} });
