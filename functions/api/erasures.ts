import { EraseSubject, Started } from '../../shared/contracts/api';
import { subjectOf } from '../../shared/erasure/subject';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import { audited } from '../audited';
import { bodyOf, json, notFound, type Route } from '../route';

/** The key that the body names is hashed here and goes no further: neither record nor history nor log holds it. */
const erase: Route = {
  name: 'startErasure',
  method: 'POST',
  path: 'erasures',
  role: 'Admin',
  takes: EraseSubject,
  answers: Started,
  handle: async (call) => {
    const { services, caller, context } = call;
    const { ports } = services;
    const { table: name, key, reason, purgeNow } = await bodyOf(call, EraseSubject);
    const catalog = await services.catalog();
    const table = catalog.tables.find((one) => one.name === name);
    const source = catalog.sources.find((one) => one.table === name);
    if (!table || !source) throw notFound(`table ${name} that a source feeds`);
    if (key.length !== table.key.length) {
      const why = `the key of ${name} is ${table.key.join(', ')}: ${table.key.length} values, not ${key.length}.`;
      throw new ProblemError(problem('REQUEST_INVALID', 'key', why, 'Give one value for each column of the key.'));
    }
    const subject = subjectOf(table, key, await ports.vault.secret('pseudonym-key'));
    const trigger = { kind: 'http', actor: caller.actor, reason } as const;
    const wish = { action: 'subject.erase', subject: name, reason, asked: { name, subject, purgeNow } } as const;
    return audited(call, wish, async (run) => {
      const pinned = { run, catalog: catalog.version, table: name, source: source.name };
      await services.erase(context, { ...pinned, subject, purgeNow, trigger });
      return { before: '', after: 'started', answer: json(Started, { run }, 202) };
    });
  },
};

export const erasureRoutes: readonly Route[] = [erase];
