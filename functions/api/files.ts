import { z } from 'zod';
import { FileList } from '../../shared/contracts/api';
import { FileOutcome } from '../../shared/contracts/files';
import { json, queryOf, type Route } from '../route';
import { named } from './sources';

const Wanted = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  outcome: FileOutcome.optional(),
});

const listFiles: Route = {
  name: 'listFiles',
  method: 'GET',
  path: 'sources/{source}/files',
  role: 'Reader',
  query: Wanted,
  answers: FileList,
  handle: async (call) => {
    const source = await named(call);
    const { files: record, ledger } = call.services.ports;
    const { limit, outcome } = queryOf(call.request, Wanted);
    const seen = (await record.of(source)).filter((file) => outcome === undefined || file.outcome === outcome);
    const files = seen.slice(0, limit);
    const windows = await ledger.known(
      source,
      files.flatMap(({ sha256 }) => sha256 ?? []),
    );
    const windowOf = (sha256: string | null) => (sha256 === null ? null : (windows.get(sha256) ?? null));
    return json(FileList, {
      files: files.map((file) => ({ ...file, window: file.outcome === 'admitted' ? windowOf(file.sha256) : null })),
    });
  },
};

export const fileRoutes: readonly Route[] = [listFiles];
