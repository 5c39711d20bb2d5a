import { z } from 'zod';
import { readErase as contract } from '../../shared/contracts/erasure';
import { Count } from '../../shared/contracts/ids';
import { partOf } from '../../shared/erasure/part';
import { lookAtNotebook } from '../cancellation';
import { implement } from '../implement';
import { renewed } from '../renewed';
import { end } from '../step';

const Exit = z.object({
  kind: z.literal('erased'),
  places: z.array(z.object({ place: z.string(), rows: Count, detail: z.string() })),
});

/** Looks at the erasing notebook once, and keeps the lease alive meanwhile. */
export const readErase = implement(contract, (ports) => async ({ request, lease, erase }) => {
  const { run, table, source } = request;
  await renewed(ports, request, lease);
  const look = await lookAtNotebook(ports, run, table, erase.external);
  if (look.kind === 'running') return look;
  // What is made of the table hears of it, also where it was cut off half-way.
  await ports.ledger.noteAside(source, run, 'rows of people who were erased');
  if (look.kind === 'failed') {
    await end(ports, run, table, 'erase', erase, { problem: look.problem });
    return { kind: 'failed' as const, problem: look.problem };
  }
  const { places } = Exit.parse(look.output);
  const held = places.filter((one) => one.rows !== '0').map(({ place }) => place);
  await end(ports, run, table, 'erase', erase, {
    detail: held.length > 0 ? `from ${held.join(', ')}` : 'nothing found',
  });
  const parts = places.map(({ place, rows: found, detail }) => partOf(place, found, detail));
  return { kind: 'erased' as const, parts };
});
