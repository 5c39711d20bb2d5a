import type { DatasetReport, PartReport, Run, SourceReport, Step } from '../../../shared/contracts/run';
import type { Window } from '../../../shared/contracts/window';
import type { IconName } from '../parts/iconPaths';

/** How a state looks: the icon and the word carry the meaning, the tone only repeats it in colour. */
export interface Look {
  readonly tone: 'ok' | 'fail' | 'warn' | 'run' | 'idle';
  readonly icon: IconName;
  readonly word: string;
}

const look = (tone: Look['tone'], icon: IconName, word: string): Look => ({ tone, icon, word });

export const runLook: Record<Run['status'], Look> = {
  Queued: look('idle', 'clock', 'Queued'),
  Running: look('run', 'running', 'Running'),
  Succeeded: look('ok', 'check', 'Succeeded'),
  Failed: look('fail', 'cross', 'Failed'),
  Cancelled: look('idle', 'stop', 'Cancelled'),
  Skipped: look('idle', 'skip', 'Skipped'),
};

export const sourceLook: Record<SourceReport['outcome'], Look> = {
  committed: look('ok', 'check', 'committed'),
  'nothing-new': look('idle', 'dot', 'nothing new'),
  parked: look('warn', 'pause', 'parked'),
  failed: look('fail', 'cross', 'failed'),
  busy: look('warn', 'lock', 'busy'),
  cancelled: look('idle', 'stop', 'cancelled'),
  skipped: look('idle', 'skip', 'skipped'),
  joined: look('idle', 'skip', 'joined'),
};

const datasetLook: Record<DatasetReport['outcome'], Look> = {
  published: look('ok', 'check', 'published'),
  unchanged: look('idle', 'dot', 'unchanged'),
  blocked: look('warn', 'pause', 'blocked'),
  failed: look('fail', 'cross', 'failed'),
  cancelled: look('idle', 'stop', 'cancelled'),
};

export const partLook: Record<PartReport['outcome'], Look> = {
  done: look('ok', 'check', 'done'),
  unchanged: look('idle', 'dot', 'unchanged'),
  failed: look('fail', 'cross', 'failed'),
};

export const stepLook: Record<Step['status'], Look> = {
  Running: look('run', 'running', 'Running'),
  Succeeded: look('ok', 'check', 'Succeeded'),
  Failed: look('fail', 'cross', 'Failed'),
  Skipped: look('idle', 'skip', 'Skipped'),
};

export const windowLook: Record<Window['state'], Look> = {
  planned: look('run', 'clock', 'planned'),
  landed: look('run', 'running', 'landed'),
  applied: look('run', 'running', 'applied'),
  committed: look('ok', 'check', 'committed'),
  parked: look('warn', 'pause', 'parked'),
  abandoned: look('idle', 'stop', 'abandoned'),
};

/** A dataset that was published although it differs from its partner's is no plain success. */
export const datasetReportLook = ({ outcome, mismatches }: DatasetReport): Look =>
  outcome === 'published' && mismatches !== '0' ? otherLook.differs : datasetLook[outcome];

/** States that no single record names. */
export const otherLook = {
  pending: look('run', 'running', 'in this run, not done'),
  idle: look('idle', 'dot', 'idle'),
  busy: look('run', 'running', 'busy'),
  never: look('idle', 'dot', 'never'),
  fresh: look('ok', 'check', 'fresh'),
  stale: look('warn', 'clock', 'stale'),
  differs: look('warn', 'caution', 'published, differs'),
  sent: look('ok', 'check', 'sent'),
  queued: look('idle', 'clock', 'queued'),
  refused: look('warn', 'caution', 'not taken'),
} satisfies Record<string, Look>;
