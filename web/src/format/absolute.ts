/** `2026-11-22T18:15:00.123Z` as `2026-11-22 18:15:00 UTC`, by its text: no zone of the reader changes it. */
export const absolute = (instant: string): string => instant.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
