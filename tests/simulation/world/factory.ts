import { problemOfCopy } from '../../../shared/azure/failure';
import type { ListedRun } from '../../../shared/azure/startOnce';
import type { FactoryActivity, FactoryRun } from '../../../shared/ports/factory';
import { LATE_MS, type Outside } from './outside';
import { type Phase, PIPELINES } from './pipelines';

/** Data Factory as a server: each createRun starts a run, and a list may not show it at once. */
export interface FactoryServer {
  create(pipeline: string, parameters: Record<string, unknown>): string;
  list(pipeline: string): ListedRun[];
  get(run: string): FactoryRun;
  cancel(run: string): void;
  /** Pipeline and parameters of every run that was ever started. */
  readonly started: readonly { pipeline: string; parameters: Record<string, unknown> }[];
}

interface Begun {
  readonly id: string;
  readonly pipeline: string;
  readonly parameters: Record<string, unknown>;
  readonly at: Date;
  readonly listedFrom: number;
  state: FactoryRun;
}

export function factoryServer(outside: Outside): FactoryServer {
  const { time, random, faults } = outside;
  const runs = new Map<string, Begun>();

  /** A pipeline calls back when its work is done, a little before its run has ended: or twice, late, or not at all. */
  const end = (begun: Begun, activities: FactoryActivity[]): void => {
    const fault = faults.strike('factory.tell');
    const tell = (): void => outside.callBack.tell(String(begun.parameters['instance'] ?? ''), begun.id);
    if (fault === 'late') time.after(LATE_MS, tell);
    if (fault === null || fault === 'echo') tell();
    if (fault === 'echo') tell();
    time.after(random.whole(0, 3000), () => {
      if (begun.state.kind === 'running') begun.state = { kind: 'succeeded', activities };
    });
  };

  const work = async (begun: Begun, phases: readonly Phase[], activities: FactoryActivity[]): Promise<void> => {
    const [phase, ...left] = phases;
    if (begun.state.kind !== 'running') return;
    if (!phase) return end(begun, activities);
    const fault = faults.strike('factory.work');
    const fail = (words: string): void => {
      begun.state = { kind: 'failed', problem: problemOfCopy(words), activities };
    };
    const go = async (): Promise<void> => {
      if (begun.state.kind !== 'running') return;
      if (fault === 'refused') return fail('SystemError 2200 MySQL error (ECONNREFUSED): connect ECONNREFUSED');
      if (fault === 'crash before') {
        begun.state = { kind: 'cancelled' };
        return;
      }
      try {
        activities.push(...(await phase()));
      } catch (error) {
        return fail((error as Error).message);
      }
      if (fault === 'lost') return fail('SystemError 2001 The integration runtime was recycled.');
      if (fault === 'crash after') begun.state = { kind: 'cancelled' };
      else await work(begun, left, activities);
    };
    time.after(fault === 'late' ? LATE_MS : random.whole(100, 4000), () => void go());
  };

  return {
    get started() {
      return [...runs.values()];
    },
    create(pipeline, parameters) {
      const make = PIPELINES[pipeline];
      if (!make) throw Object.assign(new Error(`The model has no pipeline ${pipeline}.`), { statusCode: 404 });
      const id = `run-${String(runs.size + 1).padStart(4, '0')}`;
      const begun: Begun = {
        id,
        pipeline,
        parameters,
        at: new Date(time.now()),
        listedFrom: time.now() + random.whole(0, 3000),
        state: { kind: 'running' },
      };
      runs.set(id, begun);
      // One that is made up does no harm either.
      if (random.whole(0, 9) === 0) outside.callBack.tell(String(parameters['instance'] ?? ''), id);
      void work(begun, make(outside, parameters, id), []);
      return id;
    },
    list: (pipeline) =>
      [...runs].flatMap(([runId, run]) =>
        run.pipeline === pipeline && run.listedFrom <= time.now()
          ? [{ runId, runStart: run.at, parameters: run.parameters }]
          : [],
      ),
    get(run) {
      const begun = runs.get(run);
      if (begun) return begun.state;
      throw Object.assign(new Error(`There is no run ${run}.`), { statusCode: 404 });
    },
    cancel(run) {
      const begun = runs.get(run);
      if (begun?.state.kind === 'running') begun.state = { kind: 'cancelled' };
    },
  };
}
