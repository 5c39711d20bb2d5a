import type { Route } from '../route';
import { backfillRoutes } from './backfills';
import { catalogRoutes } from './catalog';
import { datasetRoutes } from './datasets';
import { decideRoutes } from './decide';
import { endedRoutes } from './ended';
import { erasureRoutes } from './erasures';
import { fileRoutes } from './files';
import { maintenanceRoutes } from './maintenance';
import { openApi } from './openapi';
import { operateRoutes } from './operate';
import { planRoutes } from './plan';
import { quarantineRoutes } from './quarantine';
import { rerunRoutes } from './rerun';
import { resumeRoutes } from './resume';
import { runRoutes } from './runs';
import { sourceRoutes } from './sources';
import { watchRoutes } from './watch';
import { watermarkRoutes } from './watermarks';

const described: readonly Route[] = [
  ...runRoutes,
  ...operateRoutes,
  ...rerunRoutes,
  ...backfillRoutes,
  ...planRoutes,
  ...sourceRoutes,
  ...watermarkRoutes,
  ...resumeRoutes,
  ...quarantineRoutes,
  ...decideRoutes,
  ...fileRoutes,
  ...datasetRoutes,
  ...catalogRoutes,
  ...watchRoutes,
  ...maintenanceRoutes,
  ...endedRoutes,
  ...erasureRoutes,
];

const describe: Route = {
  name: 'describeApi',
  method: 'GET',
  path: 'openapi.json',
  role: null,
  handle: async () => ({ jsonBody: openApi(described) }),
};

/** Every route below /api/v1. */
export const routes: readonly Route[] = [...described, describe];
