/** Under which names the served ticks of the app's own rounds are kept; no schedule of a catalog can have them. */
export const OWN_TICKS = { sweep: '~sweep', freshness: '~freshness', maintenance: '~maintenance' } as const;
