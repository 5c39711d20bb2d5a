import type { Route } from '../route';
import { catalogRoutes } from './catalog';
import { datasetRoutes } from './datasets';
import { runRoutes } from './runs';
import { sourceRoutes } from './sources';
import { watchRoutes } from './watch';

export const routes: readonly Route[] = [
  ...runRoutes,
  ...sourceRoutes,
  ...datasetRoutes,
  ...catalogRoutes,
  ...watchRoutes,
];
