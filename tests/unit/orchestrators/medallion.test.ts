import { describe, expect, test } from 'vitest';
import { medallion } from '../../../orchestrators/medallion';
import { publishDataset } from '../../../orchestrators/publishDataset';
import type { RunRequest } from '../../../shared/contracts/run';
import type { DatasetTask } from '../../../shared/contracts/steps';
import { problem } from '../../../shared/problem';
import { datasetReport, gaveWay, nothingNew, stopped } from '../../../shared/runs/reports';
import { play, type World } from '../../support/play';

const request: RunRequest = {
  run: '20260101T000000-0000abcd',
  catalog: '3',
  sources: ['users', 'partner'],
  trigger: { kind: 'http', actor: 'me', reason: 'test' },
};
const pace = { first: 5, longest: 60 };
const taskOf = (source: string) => ({
  run: request.run,
  catalog: '3',
  source,
  kind: 'mysql',
  pace,
  byHand: true,
  whenBusy: 'wait',
  attempts: 3,
});
const dataset: DatasetTask = {
  run: request.run,
  catalog: '3',
  dataset: 'gold',
  pace,
  needs: [],
  publish: true,
  reconcile: true,
  inputs: {},
};

const world: World = {
  openRun: ({ sources }: RunRequest) => ({ tasks: sources.map(taskOf), parallel: 1 }),
  ingestSource: ({ source }: { source: string }) => nothingNew(source),
  planGold: () => ({ tasks: [dataset], blocked: [] }),
  publishDataset: () => datasetReport('gold', 'published'),
  closeRun: () => null,
  sendLetters: () => ({ sent: 0, waiting: 0 }),
};

describe('medallion', () => {
  test('ingests every source, then publishes gold, then closes the run and sends its letters', () => {
    const { result, calls } = play(medallion, request, world);
    expect(calls).toEqual([
      'openRun',
      'ingestSource',
      'ingestSource',
      'planGold',
      'publishDataset',
      'closeRun',
      'sendLetters',
    ]);
    expect(result.status).toBe('Succeeded');
  });

  test('fails as a whole when one source did, and still takes the others and gold to their end', () => {
    const broken = stopped('users', 'failed', problem('SOURCE_ACCESS', 'users', 'no.', 'Mend it.'));
    const { result, calls } = play(medallion, request, {
      ...world,
      ingestSource: ({ source }: { source: string }) => (source === 'users' ? broken : nothingNew(source)),
    });
    expect(calls.filter((name) => name === 'ingestSource')).toHaveLength(2);
    expect(calls).toContain('publishDataset');
    expect(result).toMatchObject({ status: 'Failed', sources: [{ outcome: 'failed' }, { outcome: 'nothing-new' }] });
  });

  test('publishes a dataset behind what it needs, and blocks it when that fails', () => {
    const needing = { ...dataset, dataset: 'over', needs: ['gold'] };
    const planGold = () => ({ tasks: [needing, dataset], blocked: [] });
    const publishing = (outcome: 'published' | 'failed') => ({
      ...world,
      planGold,
      publishDataset: ({ dataset: name }: { dataset: string }) =>
        datasetReport(name, name === 'gold' ? outcome : 'published'),
    });
    const fine = play(medallion, request, publishing('published'));
    expect(fine.inputs.get('publishDataset')).toMatchObject([{ dataset: 'gold' }, { dataset: 'over' }]);
    const broken = play(medallion, request, publishing('failed'));
    expect(broken.inputs.get('publishDataset')).toMatchObject([{ dataset: 'gold' }]);
    expect(broken.result.datasets).toMatchObject([
      { dataset: 'gold', outcome: 'failed' },
      { dataset: 'over', outcome: 'blocked', problems: [{ code: 'DEPENDENCY_FAILED' }] },
    ]);
  });

  test('is skipped when it gave way in every source, and does not touch gold', () => {
    const other = '20260101T000000-0000beef';
    const { result } = play(medallion, request, {
      ...world,
      ingestSource: ({ source }: { source: string }) => gaveWay(source, 'joined', other),
      planGold: () => ({ tasks: [], blocked: [] }),
    });
    expect(result.status).toBe('Skipped');
  });

  test('ends as cancelled when a part of it was, whatever else failed', () => {
    const cancelled = stopped('users', 'failed', problem('RUN_CANCELLED', 'users', 'ann did.', 'Run it again.'));
    const broken = stopped('partner', 'failed', problem('SOURCE_ACCESS', 'partner', 'no.', 'Mend it.'));
    const { result } = play(medallion, request, {
      ...world,
      ingestSource: ({ source }: { source: string }) => (source === 'users' ? cancelled : broken),
    });
    expect(result).toMatchObject({ status: 'Cancelled', sources: [{ outcome: 'cancelled' }, { outcome: 'failed' }] });
  });
});

describe('publishDataset', () => {
  const external = { external: 'x', started: '2026-01-01T00:00:00.000Z' };
  const happy: World = {
    startPublish: () => external,
    readPublish: () => ({ kind: 'published', rows: '62', published: '_published/gold/r.parquet' }),
    startExport: () => external,
    readExport: () => ({ kind: 'exported' }),
    reconcileDataset: () => ({ kind: 'compared', cells: '1984', mismatches: '0', problem: null }),
  };

  test('computes, exports and then compares', () => {
    const { result, calls } = play(publishDataset, dataset, happy);
    expect(calls).toEqual(['startPublish', 'readPublish', 'startExport', 'readExport', 'reconcileDataset']);
    expect(result).toMatchObject({ outcome: 'published', rows: '62', cells: '1984', problems: [] });
  });

  test('compares alone when only the partner has something new', () => {
    const { calls, result } = play(publishDataset, { ...dataset, publish: false }, happy);
    expect(calls).toEqual(['reconcileDataset']);
    expect(result.outcome).toBe('unchanged');
  });

  test('does not export or compare what could not be computed', () => {
    const failed = problem('NOTEBOOK_FAILED', 'gold', 'no.', 'Look.');
    const { calls, result } = play(publishDataset, dataset, {
      ...happy,
      readPublish: () => ({ kind: 'failed', problem: failed }),
    });
    expect(calls).toEqual(['startPublish', 'readPublish']);
    expect(result).toMatchObject({ outcome: 'failed', problems: [failed] });
  });
});
