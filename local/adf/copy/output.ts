import type { ValueObject } from '../expression/value';

/** What a Copy moved; counts of rows are absent for binary copies. */
export interface Moved {
  readonly dataRead: number;
  readonly dataWritten: number;
  readonly filesRead?: number;
  readonly filesWritten?: number;
  readonly rowsRead?: number;
  readonly rowsCopied?: number;
  readonly rowsSkipped?: number;
  readonly logFilePath?: string;
  readonly verified?: boolean;
}

const counts = (fields: Record<string, number | undefined>): ValueObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, BigInt(value)]])),
  );

/** The output of a Copy. https://learn.microsoft.com/azure/data-factory/copy-activity-monitoring */
export function copyOutput(
  { logFilePath, verified, ...moved }: Moved,
  started: number,
  source: string,
  sink: string,
): ValueObject {
  const seconds = (Date.now() - started) / 1000;
  const end = new Date();
  return {
    ...counts({ ...moved }),
    sourcePeakConnections: 1n,
    sinkPeakConnections: 1n,
    copyDuration: BigInt(Math.max(1, Math.ceil(seconds))),
    throughput: Number((moved.dataRead / 1024 / Math.max(seconds, 0.001)).toFixed(3)),
    errors: [],
    ...(logFilePath === undefined ? {} : { logFilePath }),
    ...(verified === undefined
      ? {}
      : { dataConsistencyVerification: { VerificationResult: verified ? 'Verified' : 'Unsupported' } }),
    effectiveIntegrationRuntime: 'AutoResolveIntegrationRuntime (Local)',
    usedDataIntegrationUnits: 1n,
    usedParallelCopies: 1n,
    executionDetails: [
      {
        source: { type: source },
        sink: { type: sink },
        status: 'Succeeded',
        start: new Date(started).toISOString(),
        duration: BigInt(Math.ceil((end.getTime() - started) / 1000)),
      },
    ],
    durationInQueue: { integrationRuntimeQueue: 0n },
  };
}
