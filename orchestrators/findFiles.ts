import type { OrchestrationContext } from 'durable-functions';
import type { Problem } from '../shared/contracts/problem';
import { admitFiles, type LookTask, readFetch, readLook, startFetch, startLook } from '../shared/contracts/steps';
import type { InputFile } from '../shared/contracts/window';
import { call, poll, type Steps } from './call';

type Found = { kind: 'found'; files: InputFile[] } | { kind: 'failed'; problem: Problem };

/** The files of a file source that no window has held yet; for SFTP they are brought into landing first. */
export function* findFiles(context: OrchestrationContext, look: LookTask): Steps<Found> {
  if (look.task.kind === 'mysql' || look.task.lane) return { kind: 'found', files: [] };
  if (look.task.kind === 'sftp') {
    const brought = yield* bringFiles(context, look);
    if (brought.kind === 'failed') return brought;
  }
  const { files } = yield* call(context, admitFiles, look);
  return { kind: 'found', files };
}

/** Two looks at the folder, one before and one at the copy: a file that moved in between is left for the next run. */
function* bringFiles(context: OrchestrationContext, look: LookTask) {
  const first = yield* call(context, startLook, look);
  const listed = yield* poll(context, look.task.pace, () => call(context, readLook, { ...look, look: first }));
  if (listed.kind === 'failed') return listed;
  const fetch = yield* call(context, startFetch, { ...look, files: listed.files });
  return yield* poll(context, look.task.pace, () => call(context, readFetch, { ...look, fetch, files: listed.files }));
}
