import type { FileSource } from '../../shared/contracts/catalog';
import type { SourceTask } from '../../shared/contracts/steps';
import { checksumIn, companionOf } from '../../shared/files/complete';
import type { Ports } from '../../shared/ports/ports';
import { fetchedPath } from '../../shared/windows/paths';

/** Why a file is not yet what the checksum beside it promises; null when it is, or when none is asked for. */
export async function checksumFault(
  { lake }: Ports,
  source: FileSource,
  { run }: SourceTask,
  name: string,
  sha256: string,
): Promise<string | null> {
  if (source.complete.by !== 'checksum') return null;
  const beside = companionOf(source.complete, name) ?? '';
  const path = source.kind === 'blob' ? `${source.folder}/${beside}` : fetchedPath(source.name, run, beside);
  const text = await lake.read('landing', path);
  if (!text) return `${beside} is not there yet`;
  const promised = checksumIn(Buffer.from(text).toString('utf8'));
  if (promised === null) return `${beside} holds no SHA-256`;
  return promised === sha256 ? null : `it is not yet what ${beside} promises`;
}
