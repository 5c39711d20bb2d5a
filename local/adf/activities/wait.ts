import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkOf } from './works';

/** Does nothing for a while. */
export const wait: WorkOf<'Wait'> = async ({ waitTimeInSeconds }, { signal }) => {
  await sleep(waitTimeInSeconds * 1000, undefined, { signal });
  return {};
};
