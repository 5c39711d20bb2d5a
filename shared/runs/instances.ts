/** The Durable instance that moves a source, or one of its lanes, in a run. */
export const sourceInstance = (run: string, source: string, lane?: string): string =>
  `${run}:source:${source}${lane === undefined ? '' : `:${lane}`}`;

/** The Durable instance that publishes a dataset in a run. */
export const datasetInstance = (run: string, dataset: string): string => `${run}:dataset:${dataset}`;
