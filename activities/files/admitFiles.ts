import type { FileSource } from '../../shared/contracts/catalog';
import type { ListedFile, SeenFile } from '../../shared/contracts/files';
import type { SourceTask } from '../../shared/contracts/steps';
import { admitFiles as contract } from '../../shared/contracts/steps/files';
import { judge } from '../../shared/files/judge';
import { refusal, unstable } from '../../shared/files/problems';
import { sameVersion } from '../../shared/files/sight';
import type { Digest } from '../../shared/ports/lake';
import type { Ports } from '../../shared/ports/ports';
import { fetchedPath, keptPath } from '../../shared/windows/paths';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { checksumFault } from './checksumFault';
import { faultOf } from './faultOf';
import { fileSourceOf } from './fileSource';

/**
 * Keeps complete files by their content and decides which of them are read: not what was read before under whatever
 * name, and not what is no text of its source. Each becomes a line on record; a bad one harms no other.
 */
export const admitFiles = implement(contract, (ports) => async ({ task, lease, files }) => {
  const source = await fileSourceOf(ports, task);
  const seen = await ports.files.of(source.name);
  const versions: SeenFile[] = [];
  for (const file of files) {
    await renewed(ports, task, lease);
    const version = await admit(ports, source, task, file, seen, versions);
    await ports.files.put([version]);
    versions.push(version);
  }
  const waiting = versions.filter(({ outcome }) => outcome === 'waiting');
  return {
    files: versions.flatMap(({ outcome, kept, name, bytes, sha256, reason }) =>
      outcome === 'admitted' && reason === '' && kept && sha256 ? [{ path: kept, name, bytes, sha256 }] : [],
    ),
    problems: [
      ...versions.filter(({ outcome }) => outcome === 'refused').map((version) => refusal(source.name, version)),
      ...(waiting.length > 0 ? [unstable(source.name, waiting)] : []),
    ],
  };
});

async function admit(
  ports: Ports,
  source: FileSource,
  task: SourceTask,
  file: ListedFile,
  before: readonly SeenFile[],
  beside: readonly SeenFile[],
): Promise<SeenFile> {
  const seen = [...beside, ...before];
  const path = source.kind === 'blob' ? `${source.folder}/${file.name}` : fetchedPath(source.name, task.run, file.name);
  const place = (sha256: string) =>
    seen.find((version) => version.sha256 === sha256 && version.kept)?.kept ?? keptPath(source.name, sha256, file.name);
  const digest = await ports.lake.keep({ container: 'landing', path }, 'bronze', place, file.etag);
  const version = versionOf(ports, source.name, file, seen, digest);
  if (!digest) return { ...version, outcome: 'waiting', reason: 'it was replaced or taken away before it was read' };
  const kept = { ...version, kept: place(digest.sha256) };

  const mismatch = await checksumFault(ports, source, task, file.name, digest.sha256);
  if (mismatch) return { ...kept, outcome: 'waiting', reason: mismatch };
  const known = seen.flatMap(({ sha256, name }) => (name === file.name && sha256 !== null ? [sha256] : []));
  const windows = await ports.ledger.known(source.name, [digest.sha256, ...known]);
  const verdict = judge(file.name, digest.sha256, before, beside, windows);
  if (verdict.kind === 'duplicate') return { ...kept, outcome: 'duplicate', reason: `the same bytes as ${verdict.of}` };
  if (verdict.kind === 'same') return { ...kept, outcome: 'admitted', reason: 'the same bytes came again' };
  const fault = await faultOf(ports.lake, source, { ...digest, name: file.name, path: kept.kept });
  if (fault === 'empty') return { ...kept, outcome: 'admitted', reason: 'there is nothing in it' };
  return fault === null ? { ...kept, outcome: 'admitted', reason: '' } : { ...kept, outcome: 'refused', reason: fault };
}

function versionOf(
  { now }: Ports,
  source: string,
  file: ListedFile,
  seen: readonly SeenFile[],
  digest: Digest | null,
): SeenFile {
  const at = now().toISOString();
  const sha256 = digest?.sha256 ?? null;
  const mine = seen.filter(({ name }) => name === file.name);
  const before = mine.find((one) => one.sha256 === sha256) ?? mine.find((one) => sameVersion(one, file));
  const first = before?.first ?? at;
  return {
    source,
    ...file,
    ...digest,
    sha256,
    kept: null,
    outcome: 'waiting',
    reason: '',
    announced: mine.some((one) => one.announced && sameVersion(one, file)),
    first,
    last: at,
  };
}
