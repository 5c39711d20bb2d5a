import { CLUSTER_ID, OUTPUT_BYTES } from './limits';
import { type Ended, isOver, type Progress, type RunRecord, type TaskRecord } from './record';

const RUNNING_WORDS = { waiting: 'PENDING', running: 'RUNNING' } as const;

/** State of a run or task in both of its forms: `state`, and the newer `status`. */
function states(progress: Progress, run: RunRecord) {
  if (progress.kind !== 'ended') {
    const stopping = run.cancelled && progress.kind === 'running';
    const word = stopping ? 'TERMINATING' : RUNNING_WORDS[progress.kind];
    const queued = progress.kind === 'waiting' && run.queued ? 'QUEUED' : word;
    return {
      state: { life_cycle_state: queued, state_message: '', user_cancelled_or_timedout: run.cancelled },
      status: { state: queued },
    };
  }
  return {
    state: {
      life_cycle_state: progress.lifeCycle,
      result_state: progress.result,
      state_message: progress.message,
      user_cancelled_or_timedout: progress.result === 'CANCELED' || progress.result === 'TIMEDOUT',
    },
    status: {
      state: 'TERMINATED',
      termination_details: { code: progress.code, type: progress.type, message: progress.message },
    },
  };
}

const started = (progress: Progress): number => (progress.kind === 'waiting' ? 0 : (progress.since ?? 0));
const ended = (progress: Progress): number => (progress.kind === 'ended' ? progress.at : 0);

/** What the tasks of a run come to: unfinished while one is, else the worst end. */
export function overall(run: RunRecord): Progress {
  const all = run.tasks.map((task) => task.progress);
  const starts = all.map(started).filter((time) => time > 0);
  const since = starts.length > 0 ? Math.min(...starts) : null;
  if (!isOver(run)) return since === null ? { kind: 'waiting' } : { kind: 'running', since };
  const ends = all.filter((progress): progress is Ended => progress.kind === 'ended');
  const order = (end: Ended) =>
    ['INTERNAL_ERROR', 'TERMINATED', 'SKIPPED'].indexOf(end.lifeCycle) + (end.result === 'SUCCESS' ? 9 : 0);
  const worst = ends.reduce((a, b) => (order(b) < order(a) ? b : a));
  return { ...worst, since, at: Math.max(...ends.map((end) => end.at)) };
}

const taskView = (run: RunRecord, task: TaskRecord) => ({
  run_id: task.runId,
  task_key: task.key,
  existing_cluster_id: CLUSTER_ID,
  notebook_task: { notebook_path: task.notebook, base_parameters: task.parameters, source: 'WORKSPACE' },
  ...(task.after.length > 0 ? { depends_on: task.after.map((key) => ({ task_key: key })) } : {}),
  attempt_number: 0,
  start_time: started(task.progress),
  end_time: ended(task.progress),
  ...states(task.progress, run),
});

/** A run as `runs/get` shows it; `runs/list` leaves the tasks out. */
export function runView(run: RunRecord, url: string, tasks = true) {
  const progress = overall(run);
  return {
    job_id: run.runId,
    run_id: run.runId,
    run_name: run.name,
    run_type: 'SUBMIT_RUN',
    run_page_url: `${url}/#job/${run.runId}/run/${run.runId}`,
    format: 'MULTI_TASK',
    creator_user_name: run.creator,
    start_time: run.created,
    end_time: ended(progress),
    ...states(progress, run),
    ...(tasks ? { tasks: run.tasks.map((task) => taskView(run, task)) } : {}),
  };
}

/** What `runs/get-output` shows of one task. `result` is absent if the notebook never called exit. */
export function outputView(run: RunRecord, task: TaskRecord) {
  const end = task.progress.kind === 'ended' ? task.progress : undefined;
  const bytes = Buffer.from(end?.output ?? '');
  const result = bytes.subarray(0, OUTPUT_BYTES).toString();
  return {
    metadata: taskView(run, task),
    notebook_output: end?.output == null ? {} : { result, truncated: bytes.length > OUTPUT_BYTES },
    ...(end?.error == null ? {} : { error: end.error }),
    ...(end?.trace == null ? {} : { error_trace: end.trace }),
  };
}
