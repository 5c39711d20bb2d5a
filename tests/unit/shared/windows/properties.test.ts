import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { careful, modelTable, type Reader, type Version } from './model';

const LAST = 200;
/** After this every transaction has ended and every bound has passed. */
const QUIET = LAST + 200;

/** Transactions of up to 80 ticks over a table of few keys, so that versions, ties and overlaps abound. */
const history: fc.Arbitrary<Version[]> = fc.array(
  fc
    .tuple(fc.nat(9), fc.nat(LAST), fc.nat(20), fc.nat(60))
    .map(([key, began, delay, open]) => ({ key, began, written: began + delay, committed: began + delay + open + 1 })),
  { maxLength: 40 },
);
const instants = fc.array(fc.nat(LAST), { maxLength: 8 }).map((times) => [...times].sort((a, b) => a - b));
const rows = fc.integer({ min: 1, max: 12 });

/**
 * What a database does with locks: versions of one key are written one after the other, each after the one before it was
 * committed.
 */
function serial(versions: readonly Version[]): Version[] {
  const free = new Map<number, number>();
  return [...versions]
    .sort((a, b) => a.began - b.began)
    .map((one) => {
      const wait = Math.max(0, (free.get(one.key) ?? 0) - one.written);
      const moved = { ...one, written: one.written + wait, committed: one.committed + wait };
      free.set(one.key, moved.committed);
      return moved;
    });
}

/** Silver after runs at these moments and one when all is quiet, and what the table then holds. */
function played(versions: readonly Version[], at: readonly number[], reader: Reader, pace = 0) {
  const table = modelTable(serial(versions), reader);
  for (const now of at) table.run(now, pace);
  table.run(QUIET + LAST * 10, pace);
  return { silver: table.silver(), truth: table.truth(QUIET + LAST * 20) };
}

describe('any history of transactions', () => {
  test('(a) cut into windows anywhere, by runs and by rows, gives what the table holds', () => {
    fc.assert(
      fc.property(history, instants, rows, (versions, at, maxRows) => {
        const { silver, truth } = played(versions, at, { ...careful, maxRows });
        expect(silver).toEqual(truth);
      }),
      { numRuns: 1000 },
    );
  });

  test('(b) run twice at the same moment changes nothing', () => {
    fc.assert(
      fc.property(history, instants, (versions, at) => {
        const once = played(versions, at, careful);
        const twice = played(
          versions,
          at.flatMap((now) => [now, now]),
          careful,
        );
        expect(twice).toEqual(once);
      }),
    );
  });

  test('(c) that goes on between the windows of a run loses nothing once the next run is through', () => {
    fc.assert(
      fc.property(history, instants, rows, fc.nat(30), (versions, at, maxRows, pace) => {
        const { silver, truth } = played(versions, at, { ...careful, maxRows }, pace);
        expect(silver).toEqual(truth);
      }),
      { numRuns: 1000 },
    );
  });

  test('(d) replayed from an older watermark, or from none, gives the same', () => {
    fc.assert(
      fc.property(history, fc.nat(LAST), fc.nat(LAST), fc.boolean(), (versions, first, second, from) => {
        const table = modelTable(serial(versions), careful);
        table.run(Math.min(first, second));
        const older = table.watermark();
        table.run(Math.max(first, second));
        const before = table.silver();
        table.resetWatermark(from ? older : null);
        table.run(Math.max(first, second));
        expect(table.silver()).toEqual(before);
      }),
    );
  });

  test('(e) behind a watermark from the future yields no row, keeps it, and says so', () => {
    fc.assert(
      fc.property(history, fc.nat(LAST), (versions, now) => {
        const table = modelTable(serial(versions), careful);
        const cursor = String(500_000_000 + now + 1000);
        table.resetWatermark({ source: 'users', cursor, window: '1', run: '', committed: '', sighting: null });
        const [window] = table.run(now);
        expect([table.silver(), window?.upper, window?.reading?.ahead]).toEqual([{}, cursor, true]);
      }),
    );
  });

  test('behind a lag loses nothing when it looks back further than a transaction lasts', () => {
    fc.assert(
      fc.property(history, instants, (versions, at) => {
        const lagging: Reader = { ...careful, by: 'lag', lag: 5, lookBack: QUIET * 10 };
        const { silver, truth } = played(versions, at, lagging);
        expect(silver).toEqual(truth);
      }),
    );
  });

  test('never moves a bound back, and always ends', () => {
    fc.assert(
      fc.property(history, instants, rows, (versions, at, maxRows) => {
        const table = modelTable(serial(versions), { ...careful, maxRows });
        const bounds = at.flatMap((now) => table.run(now, 3)).map(({ upper }) => upper ?? '');
        expect([...bounds].sort()).toEqual(bounds);
      }),
    );
  });
});

/** What these properties are worth: readers as they are usually written must break them. */
describe('a reader that is not careful is caught:', () => {
  test.each<[string, Reader]>([
    ['it ends at the greatest cursor that it sees', { ...careful, by: 'naive' }],
    ['it keeps a lag that is shorter than a transaction', { ...careful, by: 'lag', lag: 5 }],
    ['it looks back less far than a transaction lasts', { ...careful, by: 'lag', lag: 5, lookBack: 10 }],
  ])('%s', (_, reader) => {
    const lost = fc.check(
      fc.property(history, instants, (versions, at) => {
        const { silver, truth } = played(versions, at, reader);
        expect(silver).toEqual(truth);
      }),
      { numRuns: 1000 },
    );
    expect(lost.failed).toBe(true);
  });
});
