import type { Ended } from './record';

const ending = (
  since: number | null,
  lifeCycle: Ended['lifeCycle'],
  result: Ended['result'],
  type: Ended['type'],
  code: string,
  message: string,
): Ended => ({
  kind: 'ended',
  since,
  at: Date.now(),
  lifeCycle,
  result,
  type,
  code,
  message,
  output: null,
  error: null,
  trace: null,
});

export const succeeded = (since: number, output: string | null): Ended => ({
  ...ending(since, 'TERMINATED', 'SUCCESS', 'SUCCESS', 'SUCCESS', ''),
  output,
});

/** The notebook raised: running it again with the same input would raise again. */
export const raised = (since: number, error: string, trace: string): Ended => ({
  ...ending(since, 'TERMINATED', 'FAILED', 'CLIENT_ERROR', 'RUN_EXECUTION_ERROR', error),
  error,
  trace,
});

/** The driver went away under the run: another attempt may succeed. */
export const driverLost = (since: number | null, message: string): Ended => ({
  ...ending(since, 'INTERNAL_ERROR', 'FAILED', 'CLOUD_FAILURE', 'DRIVER_ERROR', message),
  error: message,
});

/** The cluster never came up. */
export const clusterFailed = (message: string): Ended => ({
  ...ending(null, 'INTERNAL_ERROR', 'FAILED', 'CLOUD_FAILURE', 'CLUSTER_ERROR', message),
  error: message,
});

export const absent = (notebook: string): Ended => {
  const message = `Notebook not found: ${notebook}. Deploy it, or correct notebook_path.`;
  return {
    ...ending(null, 'INTERNAL_ERROR', 'FAILED', 'CLIENT_ERROR', 'RESOURCE_NOT_FOUND', message),
    error: message,
  };
};

export const cancelled = (since: number | null): Ended =>
  ending(since, 'TERMINATED', 'CANCELED', 'CLIENT_ERROR', 'USER_CANCELED', 'Run cancelled.');

export const timedOut = (since: number): Ended =>
  ending(since, 'TERMINATED', 'TIMEDOUT', 'CLIENT_ERROR', 'RUN_EXECUTION_ERROR', 'Run exceeded its timeout_seconds.');

export const upstream = (result: 'UPSTREAM_FAILED' | 'UPSTREAM_CANCELED'): Ended =>
  ending(null, 'SKIPPED', result, 'CLIENT_ERROR', 'SKIPPED', 'A task that this task depends on did not succeed.');
