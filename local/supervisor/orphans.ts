import type { Layout } from './layout';
import { endAll, type Identity, isAlive, markedProcesses } from './processes';
import { readRecord } from './record';

/** The longest that a database may need to put its pages in order, in milliseconds. */
const GRACE_MS = 10_000;

/** Ends what an earlier supervisor of this state left running, if any: by record, and by mark where the system shows it. */
export async function endOrphans(layout: Layout): Promise<Identity[]> {
  const record = await readRecord(layout.record).catch(() => undefined);
  const recorded = (record?.services ?? []).flatMap(({ process }) => process ?? []);
  const found = new Map<number, Identity>();
  for (const one of [...recorded.filter(isAlive), ...markedProcesses(layout.state)]) found.set(one.pid, one);
  await endAll([...found.values()], GRACE_MS);
  return [...found.values()];
}
