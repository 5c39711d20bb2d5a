import type { OrchestrationContext } from 'durable-functions';
import { batches } from '../shared/batches';
import type { ListedFile } from '../shared/contracts/files';
import type { Problem } from '../shared/contracts/problem';
import type { LookTask } from '../shared/contracts/steps';
import {
  admitFiles,
  listLanding,
  readFetch,
  readLook,
  sightFiles,
  startFetch,
  startLook,
} from '../shared/contracts/steps/files';
import type { InputFile } from '../shared/contracts/window';
import { call, pause, type Steps } from './call';
import { outside } from './outside';

type Failed = { kind: 'failed'; problem: Problem };
type Found = { kind: 'found'; files: InputFile[]; gone: string[]; problems: Problem[] };

/** Longer than this no run waits for a file to come to rest: the next one finds it rested. */
const LONGEST_REST_SECONDS = 60;

/**
 * The files of a file source that are complete and were not read before: a look, a second one when there is something
 * to wait for, then, for SFTP, the transfer into landing. One file that is not right leaves the others alone.
 */
export function* findFiles(context: OrchestrationContext, look: LookTask): Steps<Found | Failed> {
  if (look.task.kind === 'mysql' || look.task.lane) return { kind: 'found', files: [], gone: [], problems: [] };
  let sighted = yield* lookAround(context, look, 1);
  if (sighted.kind === 'sighted' && sighted.restSeconds > 0 && sighted.restSeconds <= LONGEST_REST_SECONDS) {
    yield* pause(context, sighted.restSeconds);
    sighted = yield* lookAround(context, look, 2);
  }
  if (sighted.kind === 'failed') return sighted;
  const { ready, companions, gone } = sighted;
  const brought = yield* bring(context, look, ready, companions);
  if (brought.kind === 'failed') return brought;
  const files: InputFile[] = [];
  const problems = [...sighted.problems, ...brought.problems];
  for (const some of batches(brought.files)) {
    const admitted = yield* call(context, admitFiles, { ...look, files: some });
    files.push(...admitted.files);
    problems.push(...admitted.problems);
  }
  return { kind: 'found', files, gone, problems };
}

function* lookAround(context: OrchestrationContext, look: LookTask, nth: number) {
  const listed = yield* list(context, look, nth);
  if (listed.kind === 'failed') return listed;
  const sighted = yield* call(context, sightFiles, { ...look, files: listed.files });
  return { kind: 'sighted' as const, ...sighted };
}

function* list(context: OrchestrationContext, look: LookTask, nth: number) {
  if (look.task.kind === 'blob') return yield* call(context, listLanding, look);
  return yield* outside(context, look.task, {
    begin: (attempt) => call(context, startLook, { ...look, nth, attempt }),
    ask: (begun) => call(context, readLook, { ...look, look: begun }),
    callsBack: true,
  });
}

/** Files of an SFTP server are brought into landing; those of a landing zone are there. */
function* bring(
  context: OrchestrationContext,
  look: LookTask,
  ready: ListedFile[],
  companions: ListedFile[],
): Steps<{ kind: 'fetched'; files: ListedFile[]; problems: Problem[] } | Failed> {
  if (look.task.kind === 'blob' || ready.length === 0) return { kind: 'fetched', files: ready, problems: [] };
  const files = [...ready, ...companions];
  const fetched = yield* outside(context, look.task, {
    begin: (attempt) => call(context, startFetch, { ...look, attempt, files }),
    ask: (fetch) => call(context, readFetch, { ...look, fetch, files }),
    callsBack: true,
  });
  if (fetched.kind === 'failed') return fetched;
  const names = new Set(ready.map(({ name }) => name));
  return { ...fetched, files: fetched.files.filter(({ name }) => names.has(name)) };
}
