import type { InvocationContext } from '@azure/functions';
import { type DurableClient, getClient } from 'durable-functions';
import { cutoff } from '../activities/maintenance/cutoff';
import { catalogOf } from '../activities/pinned';
import { eraseSubject } from '../orchestrators/eraseSubject';
import { maintain } from '../orchestrators/maintain';
import type { ErasureRequest } from '../shared/contracts/erasure';
import type { MaintenanceRequest } from '../shared/contracts/maintenance';
import { erasureOf } from '../shared/erasure/run';
import { maintenanceOf } from '../shared/maintenance/run';
import type { Ports } from '../shared/ports/ports';
import { upkeepRun } from '../shared/runs/upkeepRun';
import { begin } from './begin';
import { instances } from './instances';

/** Starts maintenance. The durable history goes here, with the record of its runs: only a trigger has a durable client. */
export const maintenance =
  (ports: Ports, clientOf: (context: InvocationContext) => DurableClient = getClient) =>
  async (context: InvocationContext, request: MaintenanceRequest): Promise<void> => {
    const { maintenance: kept } = await catalogOf(ports, request.catalog);
    const end = request.tables === null ? await cutoff(ports, kept) : null;
    if (end) await instances(clientOf)(context).purge(end.at);
    const queued = upkeepRun(maintenanceOf(request), 'Queued', ports.now().toISOString(), null);
    await begin(ports, clientOf(context), maintain, queued, request);
  };

/** Starts the erasure of a person. */
export const erasure =
  (ports: Ports, clientOf: (context: InvocationContext) => DurableClient = getClient) =>
  async (context: InvocationContext, request: ErasureRequest): Promise<void> => {
    const queued = upkeepRun(erasureOf(request), 'Queued', ports.now().toISOString(), null);
    await begin(ports, clientOf(context), eraseSubject, queued, request);
  };
