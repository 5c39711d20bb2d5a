import type { Lease } from '../shared/contracts/window';
import type { Ports } from '../shared/ports/ports';
import { catalogOf } from './pinned';

/** Keeps a lease alive while an outside run is begun or watched, or many files are read; refuses once another run has taken it. */
export async function renewed(ports: Ports, { catalog }: { readonly catalog: string }, lease: Lease): Promise<void> {
  const { limits } = await catalogOf(ports, catalog);
  await ports.ledger.renew(lease, limits.leaseSeconds);
}
