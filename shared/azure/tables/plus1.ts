/** The next count, as text. */
export const plus1 = (count: string): string => String(BigInt(count) + 1n);
