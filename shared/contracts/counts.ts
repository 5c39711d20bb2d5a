/** The sum of counts, which travel as text: nothing past 2^53 is lost. What is absent counts nothing. */
export const sum = (counts: readonly (string | undefined)[]): string =>
  String(counts.reduce((total, count) => total + BigInt(count ?? '0'), 0n));

/** The next number, as text. */
export const plus1 = (count: string): string => String(BigInt(count) + 1n);
