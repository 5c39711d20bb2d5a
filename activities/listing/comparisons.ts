/** What holds a list against silver: the notebook, and the step that people see. */
export const comparisons = {
  sums: { notebook: 'silver/compare_sums', step: 'compare' },
  rows: { notebook: 'silver/compare_rows', step: 'trace' },
} as const;
