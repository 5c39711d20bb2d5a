import type { SeenFile } from '../../shared/contracts/files';
import type { Ports } from '../../shared/ports/ports';

/** A version is settled when it was refused, repeats another, is empty, or lies in a committed window. */
export async function settledBy(
  { ledger }: Pick<Ports, 'ledger'>,
  source: string,
  seen: readonly SeenFile[],
): Promise<(version: SeenFile) => boolean> {
  const read = seen.flatMap(({ outcome, sha256 }) => (outcome === 'admitted' && sha256 !== null ? [sha256] : []));
  const committed = await ledger.known(source, read);
  return ({ outcome, sha256, reason }) => {
    if (outcome === 'waiting' || sha256 === null) return false;
    return outcome !== 'admitted' || reason !== '' || committed.has(sha256);
  };
}
