import { startKeys as contract } from '../../shared/contracts/steps/keys';
import { copyRequest } from '../../shared/sources/copyRequest';
import { keyCatalog, keyWindow } from '../../shared/sources/keys';
import { copyKey } from '../../shared/windows/paths';
import { implement } from '../implement';
import { catalogOf } from '../pinned';
import { startPipeline } from '../startPipeline';

const LISTED = { absent: [], earlier: null, listed: true } as const;

/** Starts the copy of a source's keys, all of them; the same attempt is the same factory run. */
export const startKeys = implement(contract, (ports, places) => async ({ task, attempt }) => {
  const catalog = keyCatalog(await catalogOf(ports, task.catalog), task.source);
  const window = keyWindow(task, attempt, ports.now().toISOString());
  return startPipeline(ports, task, 'keys', copyKey(window), copyRequest(catalog, window, places, LISTED));
});
