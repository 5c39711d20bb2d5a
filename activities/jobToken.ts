import { createHash } from 'node:crypto';

/** The idempotency token of a notebook job: the same attempt of the same work in the same run is the same job. */
export const jobToken = (run: string, subject: string, work: string, attempt: number): string =>
  createHash('sha256').update([run, subject, work, attempt].join('|')).digest('hex');
