/** The Durable instance that moves a source, or one of its lanes, in a run. */
export const sourceInstance = (run: string, source: string, lane?: string): string =>
  `${run}:source:${source}${lane === undefined ? '' : `:${lane}`}`;

/** The Durable instance that publishes a dataset in a run. */
export const datasetInstance = (run: string, dataset: string): string => `${run}:dataset:${dataset}`;

/** The event by which an instance is told that an outside run of its has ended, or is about to. */
export const endedEvent = (external: string): string => `ended:${external}`;
