import { sourceOf, tableOf } from '../../shared/catalog/lookup';
import { Started } from '../../shared/contracts/api';
import type { Catalog } from '../../shared/contracts/catalog';
import { ResumeSource } from '../../shared/contracts/quarantine';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import { accepted, neededColumn } from '../../shared/schema/diff';
import { audited } from '../audited';
import { bodyOf, type Call, json, notFound, parameter, type Route } from '../route';

/** A parked window goes on, with its bounds: its source was mended, or is accepted as it was found. */
const resumeSource: Route = {
  name: 'resumeSource',
  method: 'POST',
  path: 'sources/{source}/resume',
  role: 'Operator',
  takes: ResumeSource,
  answers: Started,
  handle: async (call) => {
    const { accept, reason } = await bodyOf(call, ResumeSource);
    const { services, caller, context } = call;
    const name = parameter(call.request, 'source');
    const catalog = await services.catalog();
    if (!catalog.sources.some((known) => known.name === name)) throw notFound(`source ${name}`);
    return audited(call, { action: 'source.resume', subject: name, reason, asked: { accept } }, async (run) => {
      const before = await readied(call, catalog, name, accept, run);
      const trigger = { kind: 'http', actor: caller.actor, reason } as const;
      await services.start(context, { run, catalog, sources: [name], trigger });
      return { before, after: `${accept ? 'accepted, ' : ''}run ${run}`, answer: json(Started, { run }, 202) };
    });
  },
};

/** Makes sure that there is a window to go on with; one that is to be accepted becomes what its source is taken to be. */
async function readied(call: Call, catalog: Catalog, name: string, accept: boolean, run: string): Promise<string> {
  const { ledger, schemas, runs, now } = call.services.ports;
  if (await runs.get(run)) return 'resumed';
  const open = await ledger.open(name);
  if (open?.state !== 'parked') throw refused(name, 'none of its windows is parked.');
  if (accept) {
    if (!open.schema) throw refused(name, `its window is parked for ${open.problem?.code}, not for its columns.`);
    const source = sourceOf(catalog, name);
    const table = tableOf(catalog, source.table);
    const needed = neededColumn(source, table, open.schema.changes);
    if (needed !== null) throw refused(name, `it cannot be read without ${needed}, its key or cursor.`);
    const of = { source: name, window: open.number, at: now().toISOString(), by: call.caller.actor };
    await schemas.put(accepted(table, open.schema, of));
  }
  return `window ${open.number} parked: ${open.problem?.code ?? ''}`;
}

const refused = (source: string, why: string): ProblemError =>
  new ProblemError(problem('REQUEST_INVALID', source, why, 'Look at it with `tidemark sources windows`.'));

export const resumeRoutes: readonly Route[] = [resumeSource];
