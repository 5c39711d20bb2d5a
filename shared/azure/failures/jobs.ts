import { BUSY, type FailureRow, NETWORK, ONCE, READ, REST, WAIT } from './row';

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
    sign: /Concurrent\w*Exception|DELTA_CONCURRENT_\w+|MetadataChangedException|ProtocolChangedException|DELTA_(METADATA|PROTOCOL)_CHANGED\b/,
    is: 'transient',
    next: WAIT,
  },
  {
    // Names that a person got wrong are UNRESOLVED_COLUMN; these are of a table that was replaced beneath a plan.
    name: 'table changed since a statement was planned',
    sign: /\bUnable to resolve \S+ given \[|DELTA_SCHEMA_CHANGE_SINCE_ANALYSIS|INCOMPATIBLE_TABLE_CHANGE_AFTER_ANALYSIS/,
    is: 'transient',
    next: WAIT,
  },
  {
    name: 'file gone while it was read', // https://learn.microsoft.com/azure/databricks/error-messages/error-classes
    sign: /FAILED_READ_FILE\.(DBR_)?FILE_NOT_EXIST|DELTA_(CHANGE_DATA_FILE_NOT_FOUND|FILE_NOT_FOUND_DETAILED)/,
    is: 'unknown',
    once: true,
    next: `${ONCE} What removes files of the lake besides Tidemark?`,
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
    sign: /^(CLOUD_FAILURE|INTERNAL_ERROR|SKIPPED|TIMEDOUT|MAXIMUM_CONCURRENT_RUNS_REACHED)\b|\b(DRIVER_ERROR|CLUSTER_ERROR|CLUSTER_REQUEST_LIMIT_EXCEEDED|WORKSPACE_RUN_LIMIT_EXCEEDED|MAX_CONCURRENT_RUNS_EXCEEDED|MAX_JOB_QUEUE_SIZE_EXCEEDED|MAX_SPARK_CONTEXTS_EXCEEDED)\b/,
    is: 'transient',
    next: WAIT,
  },
  {
    name: 'run that the workspace does not allow',
    sign: /\b(UNAUTHORIZED_ERROR|INVALID_RUN_CONFIGURATION|INVALID_CLUSTER_REQUEST|FEATURE_DISABLED|DISABLED)\b/,
    is: 'permanent',
    next: 'Give the identity of the app the right to run jobs on the cluster, and check DATABRICKS_CLUSTER_ID.',
  },
  { name: 'Databricks asks to wait', sign: BUSY, is: 'transient', next: WAIT },
  {
    name: 'memory of the cluster',
    sign: /OutOfMemoryError|GC overhead limit|\bMemoryError\b|Container killed by/,
    is: 'unknown',
    once: true,
    next: `${ONCE} A cluster with more memory may be the cure.`,
  },
  {
    name: 'worker or executor lost',
    sign: /ExecutorLostFailure|FetchFailed|Python worker (exited|failed)|SparkContext was shut ?down|stopped SparkContext|Py4JNetworkError/i,
    is: 'transient',
    next: WAIT,
  },
  { name: 'network in a notebook', sign: NETWORK, is: 'transient', next: WAIT },
  {
    name: 'notebook or data at fault', // https://spark.apache.org/docs/latest/sql-error-conditions.html
    sign: /AnalysisException|ParseException|\b(Value|Key|Type|Name|Index|Attribute|Assertion|Import|ModuleNotFound|ZeroDivision)Error\b|\[[A-Z][A-Z0-9_]+(\.[A-Z0-9_]+)?\]/,
    is: 'permanent',
    next: READ,
  },
  REST,
];
