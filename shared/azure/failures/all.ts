import { CALLS } from './calls';
import { COPIES } from './copies';
import { JOBS } from './jobs';

/** The table of errors, by what failed: whatever goes wrong outside is classified here and nowhere else. */
export const FAILURES = { calls: CALLS, copies: COPIES, jobs: JOBS } as const;
