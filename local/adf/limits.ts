/**
 * Published limits of the service that the local factory enforces; its rates are in `local/http/rates.ts`.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-data-factory-limits
 */
export const limits = {
  parametersPerPipeline: 50,
  activitiesPerPipeline: 80,
  expressionCharacters: 8_192,
  pipelineBytes: 200 * 1024,
  activityPayloadBytes: 896 * 1024,
  forEachItems: 100_000,
  forEachParallelDefault: 20,
  forEachParallelMost: 50,
  queuedRunsPerPipeline: 100,
  concurrentRuns: 10_000,
  /** https://learn.microsoft.com/azure/data-factory/control-flow-lookup-activity */
  lookupRows: 5_000,
  lookupBytes: 4 * 1024 * 1024,
  /** https://learn.microsoft.com/azure/data-factory/control-flow-get-metadata-activity */
  metadataBytes: 4 * 1024 * 1024,
  /** https://learn.microsoft.com/azure/data-factory/monitor-data-factory */
  runRetentionDays: 45,
} as const;
