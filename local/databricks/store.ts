import { join } from 'node:path';
import { writeDurable } from '../disk/durable';
import { ownDirectory } from '../disk/ownDirectory';
import { readJson } from '../disk/readJson';
import { serialized } from '../disk/serialized';
import { RunRecord } from './record';

/** All runs of the workspace, in memory and on disk. */
export interface Store {
  all(): readonly RunRecord[];
  find(runId: number): RunRecord | undefined;
  byToken(token: string): RunRecord | undefined;
  /** Ids of runs and of their tasks come from one row of numbers, so that none means two things. */
  nextId(): number;
  /** Puts a run; once this returns it survives the process. */
  save(run: RunRecord): Promise<void>;
}

/** Reads the runs below a directory, one JSON file each. */
export async function openStore(directory: string): Promise<Store> {
  const runs = new Map<number, RunRecord>();
  const tokens = new Map<string, RunRecord>();
  let last = 1000;
  const remember = (run: RunRecord) => {
    runs.set(run.runId, run);
    if (run.token !== null) tokens.set(run.token, run);
    last = Math.max(last, run.runId, ...run.tasks.map((task) => task.runId));
  };
  for (const name of await ownDirectory(directory)) {
    const run = name.endsWith('.json') ? await readJson(join(directory, name), RunRecord) : undefined;
    if (run) remember(run);
  }
  const inTurn = serialized();
  return {
    all: () => [...runs.values()],
    find: (runId) => runs.get(runId),
    byToken: (token) => tokens.get(token),
    nextId: () => ++last,
    save(run) {
      // In memory at once: a second submit with the token, arriving during the write, must find it.
      remember(run);
      return inTurn(String(run.runId), () =>
        writeDurable(join(directory, `${run.runId}.json`), JSON.stringify(runs.get(run.runId))),
      );
    },
  };
}
