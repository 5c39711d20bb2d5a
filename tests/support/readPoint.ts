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
