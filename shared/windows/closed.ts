import type { Window } from '../contracts/window';

/** A window that is over: the next one may come. */
export const isClosed = ({ state }: Window): boolean => state === 'committed' || state === 'abandoned';
