import { Cancellation, Run, Step } from '../../contracts/run';
import type { Runs } from '../../ports/runs';
import { fromChunks, toChunks } from './chunks';
import { keyPart, reversed } from './keys';
import { below, removeRange, type Table } from './table';

const RUNS = 'runs';
const RUN = 'run:';
const STEP = 'step:';
const CANCEL = 'cancel';

const keyOf = (run: string): string => `${RUN}${reversed(run)}`;

/** Runs in one partition under their reversed ids, so the newest come first without a scan; steps in a partition a run. */
export const tableRuns = (table: Table): Runs => ({
  async put(run) {
    await table.change(RUNS, [{ do: 'put', key: keyOf(run.run), values: { status: run.status, ...toChunks(run) } }]);
  },

  async get(run) {
    const row = await table.get(RUNS, keyOf(run));
    return row && Run.parse(fromChunks(row.values));
  },

  async list(limit, before) {
    // '!' sorts right behind the end of the key: the run itself is not listed again.
    const from = before === undefined ? RUN : `${keyOf(before)}!`;
    const rows = await table.range(RUNS, from, below(RUN), limit);
    return rows.map(({ values }) => Run.parse(fromChunks(values)));
  },

  async cancel(run, cancellation) {
    await table.change(run, [{ do: 'insert', key: CANCEL, values: toChunks(cancellation) }]);
  },

  async cancellation(run) {
    const row = await table.get(run, CANCEL);
    return row && Cancellation.parse(fromChunks(row.values));
  },

  async remove(run) {
    // What belongs to it first: a run whose removal was cut short is still listed, and goes with the next one.
    await removeRange(table, run, '', '~');
    if (await table.get(RUNS, keyOf(run))) await table.change(RUNS, [{ do: 'delete', key: keyOf(run) }]);
  },

  async putStep(step) {
    const key = `${STEP}${keyPart(step.id)}`;
    await table.change(step.run, [{ do: 'put', key, values: { status: step.status, ...toChunks(step) } }]);
  },

  async steps(run) {
    const rows = await table.range(run, STEP, below(STEP), Number.MAX_SAFE_INTEGER);
    const steps = rows.map(({ values }) => Step.parse(fromChunks(values)));
    const place = (step: Step): string => `${step.started} ${step.id}`;
    return steps.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  },
});
