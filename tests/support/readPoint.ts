/** The first row of a pipeline's Read point: a plain timestamp window up to here. */
export const pointAt = (upper: string) => ({
  upper_bound: upper,
  read_point: upper,
  from_bound: null,
  complete: '1',
  guarantee: 'read-point',
  without_cursor: '0',
  ahead: '0',
  seen: '',
  seen_at: '',
  span: '(TRUE)',
});

/** The bound that a read point query was told not to pass, or null: what the server would answer it with. */
export const limitOf = (query: unknown): string | null =>
  / '([^']+)', d\.read_point\) AS target/.exec(String(query))?.[1] ?? null;
