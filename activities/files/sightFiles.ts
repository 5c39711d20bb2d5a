import type { Completeness } from '../../shared/contracts/catalog';
import type { ListedFile, SeenFile } from '../../shared/contracts/files';
import type { Problem } from '../../shared/contracts/problem';
import { sightFiles as contract } from '../../shared/contracts/steps/files';
import { companionOf } from '../../shared/files/complete';
import { refusal, unstable } from '../../shared/files/problems';
import { sight } from '../../shared/files/sight';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { fileSourceOf } from './fileSource';
import { settledBy } from './settled';

/** Holds a listing against what was seen before, and writes down what it adds. A person's run settles nothing unread. */
export const sightFiles = implement(contract, (ports) => async ({ task, lease, files }) => {
  await renewed(ports, task, lease);
  const source = await fileSourceOf(ports, task);
  const names = new Set(files.map(({ name }) => name));
  const seen = (await ports.files.of(source.name)).filter(({ name }) => names.has(name));
  const settled = await settledBy(ports, source.name, seen);
  const { pattern, complete } = source;
  const sighting = sight({
    source: source.name,
    pattern,
    complete,
    listed: files,
    seen,
    settled: (version) => !task.byHand && settled(version),
    now: ports.now(),
  });
  await ports.files.put(sighting.seen);
  const open = source.kind === 'blob' ? await ports.ledger.open(source.name) : null;
  return {
    ready: sighting.ready,
    companions: complete.by === 'checksum' ? besides(files, sighting.ready, complete) : [],
    gone: (open?.files ?? []).filter(({ name }) => !names.has(name)).map(({ sha256 }) => sha256),
    restSeconds: sighting.restSeconds,
    problems: problemsOf(source.name, sighting.seen, new Set(sighting.ready.map(({ name }) => name))),
  };
});

function besides(files: readonly ListedFile[], ready: readonly ListedFile[], complete: Completeness): ListedFile[] {
  const names = new Set(ready.map(({ name }) => companionOf(complete, name)));
  return files.filter(({ name }) => names.has(name));
}

function problemsOf(source: string, seen: readonly SeenFile[], ready: ReadonlySet<string>): Problem[] {
  const refused = seen.filter(({ outcome }) => outcome === 'refused');
  const waiting = seen.filter(({ outcome, name }) => outcome === 'waiting' && !ready.has(name));
  return [
    ...refused.map((version) => refusal(source, version)),
    ...(waiting.length > 0 ? [unstable(source, waiting)] : []),
  ];
}
