import type { Run } from '../shared/contracts/run';
import type { Ports } from '../shared/ports/ports';

/** Gives back every lease that a run holds and will not give back itself. */
export async function giveBack({ ledger }: Ports, { run, wanted }: Run): Promise<void> {
  for (const source of wanted) {
    if ((await ledger.holder(source)) !== run) continue;
    // Whoever asks again for a lease of its own gets it, and can give it back.
    const own = await ledger.acquire(source, run, 30);
    if (own.kind === 'held') await ledger.release(own.lease);
  }
}
