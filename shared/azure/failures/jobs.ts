import { type FailureRow, NETWORK, READ, WAIT } from './row';

/** Failures of notebook runs, by termination type and code and by the words of the exception. */
export const JOBS: readonly FailureRow[] = [
  {
    name: 'two rows for one key in a merge',
    sign: /DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE/,
    is: 'permanent',
    next: 'Check that the key of the table in the catalog is unique in the source.',
  },
  {
    name: 'Delta concurrent change', // https://docs.delta.io/latest/concurrency-control.html
    sign: /Concurrent\w*Exception|DELTA_CONCURRENT_\w+|MetadataChangedException|ProtocolChangedException/,
    is: 'transient',
    next: WAIT,
  },
  {
    name: 'lake refuses Databricks',
    sign: /STORAGE_ACCESS_ERROR|AuthorizationPermissionMismatch|AuthorizationFailure|abfss?:[\s\S]*\b403\b/,
    is: 'permanent',
    next: 'Give the identity of the cluster the role Storage Blob Data Contributor on the lake.',
  },
  {
    name: 'notebook absent',
    sign: /RESOURCE_NOT_FOUND|notebook not found|Unable to access the notebook/i,
    is: 'permanent',
    next: 'Deploy the notebooks, or correct DATABRICKS_NOTEBOOKS.',
  },
  {
    name: 'trouble of the cloud or the cluster',
    sign: /^(CLOUD_FAILURE|INTERNAL_ERROR|SKIPPED|TIMEDOUT|MAXIMUM_CONCURRENT_RUNS_REACHED)\b|\b(DRIVER_ERROR|CLUSTER_ERROR|CLUSTER_REQUEST_LIMIT_EXCEEDED|WORKSPACE_RUN_LIMIT_EXCEEDED|MAX_CONCURRENT_RUNS_EXCEEDED)\b/,
    is: 'transient',
    next: WAIT,
  },
  {
    name: 'Databricks asks to wait',
    sign: /\b(TEMPORARILY_UNAVAILABLE|REQUEST_LIMIT_EXCEEDED|RESOURCE_EXHAUSTED)\b/,
    is: 'transient',
    next: WAIT,
  },
  { name: 'network in a notebook', sign: NETWORK, is: 'transient', next: WAIT },
  { name: 'anything else', is: 'permanent', next: READ },
];
