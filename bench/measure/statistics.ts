/** The middle one of some measurements; the lower of two in the middle. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

/** Three digits are more than a shared machine can say. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
