import type { SeenFile } from '../../shared/contracts/files';
import type { Ports } from '../../shared/ports/ports';

/** A version is settled when it was refused, is empty, or its content lies in a committed window. */
export async function settledBy(
  { ledger }: Pick<Ports, 'ledger'>,
  source: string,
  seen: readonly SeenFile[],
): Promise<(version: SeenFile) => boolean> {
  const isGood = ({ outcome }: SeenFile) => outcome === 'admitted' || outcome === 'duplicate';
  const read = seen.flatMap((version) => (isGood(version) && version.sha256 !== null ? [version.sha256] : []));
  const committed = await ledger.known(source, read);
  return ({ outcome, sha256, reason }) => {
    if (outcome === 'waiting' || sha256 === null) return false;
    const isEmpty = outcome === 'admitted' && reason !== '';
    return outcome === 'refused' || isEmpty || committed.has(sha256);
  };
}
