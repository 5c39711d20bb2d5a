import type { Cluster, ClusterEvents } from './cluster';
import type { Told } from './driver';
import * as endings from './endings';
import { SLOTS } from './limits';
import { type Ended, isOver, type Progress, type RunRecord, type TaskRecord } from './record';
import type { Store } from './store';

/** Brings submitted runs to their end on the cluster. */
export interface Scheduler {
  /** What the server held when it went down: executing tasks are lost, waiting ones go on. */
  recover(): void;
  /** Looks for tasks that may start now. */
  wake(): void;
  cancel(runId: number): void;
  readonly events: ClusterEvents;
}

interface Needs {
  readonly store: Store;
  readonly cluster: () => Cluster;
  /** Path below the notebooks folder, or nothing if no such notebook is deployed. */
  readonly locate: (notebook: string) => string | undefined;
  readonly secret: (key: string) => Promise<string>;
}

export function scheduler({ store, cluster, locate, secret }: Needs): Scheduler {
  const timers = new Map<number, NodeJS.Timeout>();
  const open = () => store.all().filter((run) => !isOver(run));
  const tasks = () => open().flatMap((run) => run.tasks.map((task) => ({ run, task })));

  const put = (runId: number, taskId: number, progress: Progress) => {
    const run = store.find(runId);
    if (!run) throw new Error(`run ${runId} is not in the store`);
    const moved = run.tasks.map((task) => (task.runId === taskId ? { ...task, progress } : task));
    const next = settled({ ...run, tasks: moved });
    if (progress.kind === 'ended') clearTimeout(timers.get(taskId));
    store.save(next).catch((error: Error) => {
      console.error(`run ${runId} cannot be written: ${error.message}`);
      process.exit(1);
    });
  };
  const running = () => tasks().filter(({ task }) => task.progress.kind === 'running');
  const ready = ({ run, task }: { run: RunRecord; task: TaskRecord }) =>
    task.progress.kind === 'waiting' && task.after.every((key) => succeeded(run, key));

  const begin = (run: RunRecord, task: TaskRecord) => {
    const notebook = locate(task.notebook);
    if (notebook === undefined) return put(run.runId, task.runId, endings.absent(task.notebook));
    put(run.runId, task.runId, { kind: 'running', since: Date.now() });
    cluster().order({ op: 'run', id: String(task.runId), notebook, parameters: task.parameters });
    const limits = [task.timeoutSeconds, run.timeoutSeconds].filter((seconds) => seconds > 0);
    if (limits.length > 0)
      timers.set(
        task.runId,
        setTimeout(() => expire(run, task), Math.min(...limits) * 1000),
      );
  };
  const expire = (run: RunRecord, task: TaskRecord) => {
    cluster().order({ op: 'cancel', id: String(task.runId) });
    put(run.runId, task.runId, endings.timedOut(Date.now()));
  };
  const wake = () => {
    const next = tasks().filter(ready);
    if (next.length === 0) return;
    if (cluster().state === 'TERMINATED') return cluster().start();
    if (cluster().state !== 'RUNNING') return;
    for (const { run, task } of next.slice(0, SLOTS - running().length)) begin(run, task);
  };
  const end = (told: Extract<Told, { op: 'ended' }>) => {
    const found = running().find(({ task }) => String(task.runId) === told.id);
    if (found?.task.progress.kind === 'running') {
      put(found.run.runId, found.task.runId, outcome(told, found.task.progress.since));
    }
    wake();
  };
  const endAll = (which: readonly { run: RunRecord; task: TaskRecord }[], how: (task: TaskRecord) => Ended) => {
    for (const { run, task } of which) put(run.runId, task.runId, run.cancelled ? endings.cancelled(null) : how(task));
  };
  const lose = (how: string) => endAll(running(), ({ progress }) => endings.driverLost(since(progress), how));

  return {
    wake,
    recover() {
      lose('The driver ended together with the workspace.');
      endAll(
        tasks().filter(({ run }) => run.cancelled),
        () => endings.cancelled(null),
      );
      wake();
    },
    cancel(runId) {
      const run = store.find(runId);
      if (!run || isOver(run)) return;
      void store.save({ ...run, cancelled: true });
      for (const task of run.tasks) {
        if (task.progress.kind === 'waiting') put(runId, task.runId, endings.cancelled(null));
        if (task.progress.kind === 'running') cluster().order({ op: 'cancel', id: String(task.runId) });
      }
    },
    events: {
      up: wake,
      lost: lose,
      down(how, failed) {
        lose(how);
        if (failed)
          endAll(
            tasks().filter(({ task }) => task.progress.kind === 'waiting'),
            () => endings.clusterFailed(how),
          );
      },
      told(told) {
        if (told.op === 'ended') return end(told);
        const answer = (rest: { value: string } | { error: string }) =>
          cluster().order({ op: 'secret', id: told.id, ...rest });
        if (told.scope !== 'tidemark') return answer({ error: `there is no scope ${told.scope}` });
        secret(told.key).then(
          (value) => answer({ value }),
          (error: Error) => answer({ error: error.message }),
        );
      },
    },
  };
}

const since = (progress: Progress): number | null => (progress.kind === 'running' ? progress.since : null);

const succeeded = (run: RunRecord, key: string): boolean => {
  const progress = run.tasks.find((task) => task.key === key)?.progress;
  return progress?.kind === 'ended' && progress.result === 'SUCCESS';
};

function outcome(told: Extract<Told, { op: 'ended' }>, start: number): Ended {
  if (told.outcome === 'success') return endings.succeeded(start, told.result ?? null);
  if (told.outcome === 'cancelled') return endings.cancelled(start);
  return endings.raised(start, told.error ?? '', told.trace ?? '');
}

/** Ends what waits for a task that did not succeed, and what waits for that, and so on. */
function settled(run: RunRecord): RunRecord {
  const ends = new Map(run.tasks.map((task) => [task.key, task.progress]));
  const tasks = run.tasks.map((task) => {
    if (task.progress.kind !== 'waiting') return task;
    for (const key of task.after) {
      const before = ends.get(key);
      if (before?.kind !== 'ended' || before.result === 'SUCCESS') continue;
      const word = /CANCELED$/.test(before.result) ? 'UPSTREAM_CANCELED' : 'UPSTREAM_FAILED';
      return { ...task, progress: endings.upstream(word) };
    }
    return task;
  });
  const changed = tasks.some((task, i) => task !== run.tasks[i]);
  return changed ? settled({ ...run, tasks }) : run;
}
