/** Tasks of a workspace that may be active at once: https://learn.microsoft.com/azure/databricks/resources/limits */
export const ACTIVE_TASKS = 2000;
/** Tasks in one submitted run: https://learn.microsoft.com/azure/databricks/jobs/ */
export const TASKS_IN_A_RUN = 100;
/** Characters of an idempotency token: https://docs.databricks.com/api/azure/workspace/jobs/submit */
export const TOKEN_LENGTH = 64;
/** `runs/get-output` returns this much of a notebook's exit value, in bytes. */
export const OUTPUT_BYTES = 5 * 1024 * 1024;
/** Most runs on one page of `runs/list`. */
export const PAGE = 25;
/** Notebooks that the local driver runs at the same time; as `PARALLEL` in runner.py. */
export const SLOTS = 4;
/** The one cluster: interactive, single node. */
export const CLUSTER_ID = '0101-000000-tidemark';
/** What Microsoft Entra tokens for any Azure Databricks workspace are issued for. */
export const DATABRICKS_RESOURCE = '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d';
