import { admitFiles } from '../../activities/files/admitFiles';
import { listLanding } from '../../activities/files/listLanding';
import { sightFiles } from '../../activities/files/sightFiles';
import type { Surroundings } from '../../activities/surroundings';
import type { Catalog } from '../../shared/contracts/catalog';
import type { ListedFile } from '../../shared/contracts/files';
import type { Problem } from '../../shared/contracts/problem';
import type { InputFile } from '../../shared/contracts/window';
import { fakePorts } from '../fakes/ports';
import { shopCatalog } from './shop';
import { aWindow } from './windows';

const RUN = '20260101T000000-0000abcd';
const nowhere = {} as Surroundings;

type BlobChange = Partial<Extract<Catalog['sources'][number], { kind: 'blob' }>>;

/** The countries of the shop in a lake in memory, on a clock that only a test moves. */
export async function landingScene(change: BlobChange = {}) {
  let at = Date.UTC(2026, 0, 1);
  const ports = fakePorts(() => new Date(at));
  const { version: _, ...shop } = shopCatalog();
  const own: BlobChange = { complete: { by: 'rest', seconds: 10 }, ...change };
  const sources = shop.sources.map((source) => (source.kind === 'blob' ? { ...source, ...own } : source));
  const catalog = await ports.catalogs.publish({ ...shop, sources }, 'test');
  const task = {
    run: RUN,
    catalog: '1',
    source: 'countries',
    kind: 'blob' as const,
    pace: { first: 1, longest: 1 },
    byHand: false,
    whenBusy: 'queue' as const,
    attempts: 3,
  };
  const lease = { source: 'countries', holder: RUN, fence: '1' };
  await ports.ledger.acquire('countries', RUN, 1_000_000);

  const look = async (byHand = false) => {
    const work = { task: { ...task, byHand }, lease };
    const { files } = (await listLanding.handler(ports, nowhere)(work)) as { files: ListedFile[] };
    return (await sightFiles.handler(ports, nowhere)({ ...work, files })) as {
      ready: ListedFile[];
      restSeconds: number;
      gone: string[];
      problems: Problem[];
    };
  };
  const admit = async (files: readonly ListedFile[]) =>
    (await admitFiles.handler(ports, nowhere)({ task, lease, files })) as { files: InputFile[]; problems: Problem[] };

  return {
    ports,
    catalog,
    task,
    lease,
    look,
    admit,
    pass: (seconds: number) => {
      at += seconds * 1000;
    },
    put: (name: string, content: string | Buffer) =>
      ports.lake.put('landing', `countries/${name}`, Buffer.from(content)),
    /** Two looks with a rest between them, and what they find admitted. */
    async read(byHand = false) {
      const first = await look(byHand);
      at += 60_000;
      const { ready, problems } = first.restSeconds > 0 ? await look(byHand) : first;
      const admitted = await admit(ready);
      return {
        names: admitted.files.map(({ name }) => name),
        files: admitted.files,
        problems: [...problems, ...admitted.problems],
      };
    },
    /** Carries files through a window of this number. */
    async commit(number: string, files: readonly InputFile[]) {
      const window = aWindow({ source: 'countries', mode: 'files', run: RUN, number, files: [...files] });
      const planned = await ports.ledger.plan(lease, window);
      const landed = await ports.ledger.advance(lease, { ...planned, state: 'landed' });
      await ports.ledger.commit(lease, landed);
    },
    /** Outcome and reason of every version on record, by name. */
    async record() {
      const seen = await ports.files.of('countries');
      return seen.map(({ name, outcome, reason }) => [name, outcome, reason]).sort();
    },
  };
}
