'use client';
import ConnectionIcon from '@mui/icons-material/CableOutlined';
import VariableIcon from '@mui/icons-material/DataObject';
import TestIcon from '@mui/icons-material/FactCheckOutlined';
import ReleaseIcon from '@mui/icons-material/Inventory2Outlined';
import EnvironmentIcon from '@mui/icons-material/LayersOutlined';
import DeployIcon from '@mui/icons-material/RocketLaunchOutlined';
import DatabaseIcon from '@mui/icons-material/StorageOutlined';
import ModelIcon from '@mui/icons-material/TableChartOutlined';
import TablesIcon from '@mui/icons-material/TableRowsOutlined';
import type { SvgIconComponent } from '@mui/icons-material';
import { parseView } from './view.ts';
import type { View } from './view.ts';

const ICONS: Record<string, SvgIconComponent> = {
  connections: ConnectionIcon,
  databases: DatabaseIcon,
  models: ModelIcon,
  variables: VariableIcon,
  environments: EnvironmentIcon,
  'test-all': TestIcon,
  deploy: DeployIcon,
  releases: ReleaseIcon,
  'from-tables': TablesIcon,
};

/** Icon of a family or page. Decorative: the name stands beside it. */
export function ViewIcon({ view }: { view: View }) {
  const Icon = ICONS[parseView(view).kind] ?? VariableIcon;
  return <Icon aria-hidden sx={{ fontSize: 16, flex: 'none', opacity: 0.85 }} />;
}
