/** Under which name the served ticks of maintenance are kept; no schedule of a catalog can have it. */
export const MAINTENANCE_TICKS = 'tidemark/maintenance';
