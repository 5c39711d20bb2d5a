import { beforeEach, describe, expect, test } from 'vitest';
import { takeLease as activity } from '../../../activities/source/takeLease';
import type { SourceTask, takeLease } from '../../../shared/contracts/steps';
import { fakePorts } from '../../fakes/ports';
import { aTask, surroundings } from '../../support/activities';
import { shopCatalog } from '../../support/shop';

type Answer = typeof takeLease.output._output;

const [FIRST, SECOND, THIRD] = [1, 2, 3].map((nth) => `20260101T00000${nth}-0000abcd`) as [string, string, string];
let ports: ReturnType<typeof fakePorts>;
let seconds: number;
const waits = new Map<string, Answer>();

/** A run asks for the lease, as its orchestrator does: with the bar that the last answer gave it. */
async function ask(run: string, rest: Partial<SourceTask> = {}): Promise<Answer> {
  const before = waits.get(run);
  const wait = before?.kind === 'running' ? before.wait : null;
  const answer = (await activity.handler(ports, surroundings)({ task: aTask({ run, ...rest }), wait })) as Answer;
  waits.set(run, answer);
  return answer;
}
const bars = async (run: string) =>
  (await ports.runs.steps(run)).map(({ id, status, detail }) => ({ id, status, detail }));
const done = async (run: string, source = 'users') => {
  const own = await ports.ledger.acquire(source, run, 300);
  if (own.kind === 'held') await ports.ledger.release(own.lease);
};

beforeEach(async () => {
  seconds = 0;
  waits.clear();
  ports = fakePorts(() => new Date(Date.UTC(2026, 0, 1) + seconds * 1000));
  const { version: _, ...content } = shopCatalog();
  const sources = content.sources.map((source) =>
    source.kind === 'blob' ? { ...source, debounce: { seconds: 30, atMost: 100 } } : source,
  );
  await ports.catalogs.publish({ ...content, sources }, 'test');
});

describe('a source that nobody is at work on', () => {
  test.each(['queue', 'skip', 'wait', 'refuse'] as const)(
    'is taken at once by a run that would %s',
    async (whenBusy) => {
      expect(await ask(FIRST, { whenBusy })).toMatchObject({ kind: 'held', lease: { holder: FIRST } });
      expect(await bars(FIRST)).toEqual([]);
    },
  );
});

describe('a source that another run is at work on', () => {
  beforeEach(async () => void (await ask(FIRST)));

  test('has one run waiting for it, and the next one joins that', async () => {
    expect(await ask(SECOND)).toMatchObject({ kind: 'running', seconds: null });
    expect(await ask(THIRD)).toEqual({ kind: 'gave-way', outcome: 'joined', to: SECOND });
    expect(await bars(SECOND)).toEqual([
      { id: 'users/wait', status: 'Running', detail: `run ${FIRST} is at work on it` },
    ]);
    expect(await bars(THIRD)).toMatchObject([{ status: 'Skipped', detail: expect.stringContaining(SECOND) }]);
  });

  test('goes to the one that waits, whose place is free again', async () => {
    await ask(SECOND);
    await done(FIRST);
    seconds += 20;
    expect(await ask(SECOND)).toMatchObject({ kind: 'held' });
    expect(await bars(SECOND)).toMatchObject([{ id: 'users/wait', status: 'Succeeded' }]);
    expect(await ask(THIRD), 'what comes now is not served by a run that reads already').toMatchObject({
      kind: 'running',
    });
  });

  test('is left out by a run that skips, with the run that it met', async () => {
    expect(await ask(SECOND, { whenBusy: 'skip' })).toEqual({ kind: 'gave-way', outcome: 'skipped', to: FIRST });
    expect(await bars(SECOND)).toEqual([
      { id: 'users/wait', status: 'Skipped', detail: `run ${FIRST} is at work on it` },
    ]);
    expect(await ports.ledger.waiting('users')).toBeNull();
  });

  test('is refused at once to a person who does not want to wait', async () => {
    expect(await ask(SECOND, { byHand: true, whenBusy: 'refuse' })).toMatchObject({ problem: { code: 'SOURCE_BUSY' } });
  });

  test('is waited for by every person who does', async () => {
    await ask(SECOND);
    for (const run of [THIRD, '20260101T000004-0000abcd']) {
      expect(await ask(run, { byHand: true, whenBusy: 'wait' })).toMatchObject({ kind: 'running' });
    }
    await done(FIRST);
    expect(await ask(THIRD, { byHand: true, whenBusy: 'wait' })).toMatchObject({ kind: 'held' });
    expect(await ask(SECOND), 'it keeps its place').toMatchObject({ kind: 'running' });
  });

  test('loses the run that waits when that is cancelled, and the next one takes its place', async () => {
    await ask(SECOND);
    await ports.runs.cancel(SECOND, { actor: 'ann', reason: 'no', at: ports.now().toISOString() });
    expect(await ask(SECOND)).toMatchObject({ refused: { code: 'RUN_CANCELLED' } });
    expect(await bars(SECOND)).toMatchObject([{ status: 'Skipped' }]);
    expect(await ask(THIRD)).toMatchObject({ kind: 'running' });
  });

  test('makes room for another when the run that waits is not heard of any more', async () => {
    await ask(SECOND);
    seconds += 299;
    expect(await ask(THIRD)).toMatchObject({ kind: 'gave-way' });
    seconds += 2;
    await ask(FIRST);
    expect(await ask(THIRD)).toMatchObject({ kind: 'running' });
    expect(await ask(SECOND), 'late, but heard of').toMatchObject({ kind: 'gave-way', outcome: 'joined', to: THIRD });
  });
});

describe('a burst of files', () => {
  const files = { source: 'countries', kind: 'blob' } as const;
  const arrives = (run: string) => ports.ledger.queue('countries', run, 300);

  test('is read when it has been quiet for long enough, by the run of its first file', async () => {
    await arrives(FIRST);
    expect(await ask(FIRST, files)).toMatchObject({ kind: 'running', seconds: 30 });
    seconds = 20;
    expect(await arrives(SECOND)).toMatchObject({ run: FIRST });
    seconds = 30;
    expect(await ask(FIRST, files)).toMatchObject({ kind: 'running', seconds: 20 });
    expect(await bars(FIRST)).toMatchObject([{ detail: 'more files may come: 2 so far' }]);
    seconds = 50;
    expect(await ask(FIRST, files)).toMatchObject({ kind: 'held' });
    expect(await arrives(SECOND), 'a file after that needs a run').toMatchObject({ run: SECOND });
  });

  test('is read at the bound when files come without end', async () => {
    await arrives(FIRST);
    for (; seconds < 100; seconds += 10) {
      await arrives(SECOND);
      expect(await ask(FIRST, files)).toMatchObject({ kind: 'running' });
    }
    await arrives(SECOND);
    expect(await ask(FIRST, files)).toMatchObject({ kind: 'held' });
  });

  test('keeps nobody else out: a run by hand reads what is there', async () => {
    await arrives(FIRST);
    expect(await ask(SECOND, { ...files, byHand: true, whenBusy: 'wait' })).toMatchObject({ kind: 'held' });
    expect(await ports.ledger.waiting('countries')).toMatchObject({ run: FIRST });
  });
});
