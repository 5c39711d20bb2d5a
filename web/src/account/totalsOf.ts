import { sum } from '../../../shared/contracts/counts';
import type { Run } from '../../../shared/contracts/run';

/** Rows of a run over all its sources. */
export const totalsOf = ({ sources }: Run) => ({
  read: sum(sources.map((report) => report.read)),
  inserted: sum(sources.map((report) => report.inserted)),
  updated: sum(sources.map((report) => report.updated)),
  deleted: sum(sources.map((report) => report.deleted)),
});
