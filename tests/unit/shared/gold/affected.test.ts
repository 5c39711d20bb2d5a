import { describe, expect, test } from 'vitest';
import type { SourceReport } from '../../../../shared/contracts/run';
import { affected } from '../../../../shared/gold/affected';
import { problem } from '../../../../shared/problem';
import { gaveWay, nothingNew, stopped } from '../../../../shared/runs/reports';
import { shopCatalog } from '../../../support/shop';

const request = {
  run: '20260101T000000-0000abcd',
  catalog: '1',
  sources: ['users'],
  trigger: { kind: 'http', actor: 'me', reason: 'test' },
} as const;
const all = new Set(['users', 'buyers_by_country', 'sellers_by_country_gender', 'top_seller_countries']);
const plan = (sources: SourceReport[], published = all, behind = new Set<string>(), catalog = shopCatalog()) =>
  affected(
    catalog,
    { ...request, sources: [...request.sources] },
    sources,
    published,
    { first: 1, longest: 1 },
    behind,
  );
const committed = (source: string): SourceReport => ({ ...nothingNew(source), outcome: 'committed' });

describe('affected', () => {
  test('computes and compares what depends on a source that moved', () => {
    const { tasks } = plan([committed('users')]);
    expect(tasks.map(({ dataset, publish, reconcile }) => [dataset, publish, reconcile])).toEqual([
      ['users', true, false],
      ['buyers_by_country', true, true],
      ['sellers_by_country_gender', true, true],
      ['top_seller_countries', true, true],
    ]);
  });

  test('does nothing when nothing moved', () => {
    expect(plan([nothingNew('users'), nothingNew('partner_buyers')])).toEqual({ tasks: [], blocked: [] });
  });

  test('computes what was never published although nothing moved', () => {
    expect(plan([nothingNew('users')], new Set()).tasks.map(({ publish }) => publish)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test('computes what an earlier run left behind, when its sources are part of the run', () => {
    const behind = new Set(['users']);
    expect(plan([nothingNew('users')], all, behind).tasks).toMatchObject([{ dataset: 'users', publish: true }]);
    expect(plan([nothingNew('partner_buyers')], all, behind).tasks).toEqual([]);
  });

  test('leaves what a source feeds to the run that the source was left to, and computes the rest', () => {
    const left = gaveWay('users', 'joined', '20260101T000000-0000beef');
    expect(plan([left, nothingNew('partner_buyers')], new Set(), new Set(['users']))).toEqual({
      tasks: [],
      blocked: [],
    });
    expect(plan([left, committed('partner_buyers')]).tasks).toMatchObject([
      { dataset: 'buyers_by_country', publish: false },
    ]);
  });

  describe('with a dataset that needs another one', () => {
    const shop = shopCatalog();
    const [users, buyers, ...others] = shop.datasets;
    if (!users || !buyers) throw new Error('the shop has fewer datasets');
    const needing = { ...users, needs: ['buyers_by_country'], inputs: ['countries'] };
    const catalog = { ...shop, datasets: [needing, buyers, ...others] };

    test('computes it behind the other one, though nothing moved that it reads itself', () => {
      const { tasks } = plan([committed('users')], all, new Set(), catalog);
      const names = tasks.map(({ dataset }) => dataset);
      expect(names.indexOf('users')).toBeGreaterThan(names.indexOf('buyers_by_country'));
      expect(tasks.find(({ dataset }) => dataset === 'users')).toMatchObject({
        publish: true,
        needs: ['buyers_by_country'],
      });
    });

    test('lets it wait for nothing when the other one stays as it is', () => {
      const { tasks } = plan([committed('countries')], all, new Set(), catalog);
      expect(tasks).toMatchObject([{ dataset: 'users', publish: true, needs: [] }]);
    });

    test('blocks it when the other one is blocked', () => {
      const failed = stopped('users', 'failed', problem('SOURCE_ACCESS', 'users', 'no.', 'Mend it.'));
      const { blocked } = plan([failed, committed('countries')], all, new Set(), catalog);
      expect(blocked.find(({ dataset }) => dataset === 'users')?.problems).toMatchObject([
        { code: 'DEPENDENCY_FAILED', why: expect.stringContaining('buyers_by_country') },
      ]);
    });
  });

  test('compares again, and no more, when only a partner report moved', () => {
    expect(plan([nothingNew('users'), committed('partner_buyers')]).tasks).toMatchObject([
      { dataset: 'buyers_by_country', publish: false, reconcile: true },
    ]);
  });

  test('blocks what depends on a failed source and nothing else', () => {
    const failed = stopped('users', 'failed', problem('SOURCE_ACCESS', 'users', 'no.', 'Mend it.'));
    expect(plan([failed, committed('partner_buyers')]).blocked.map(({ outcome }) => outcome)).toEqual(
      Array(4).fill('blocked'),
    );
    const partner = stopped('partner_buyers', 'failed', problem('SOURCE_FILE_ABSENT', 'partner_buyers', 'no.', 'Ask.'));
    const { tasks, blocked } = plan([committed('users'), partner]);
    expect(blocked).toEqual([]);
    expect(tasks).toHaveLength(4);
  });
});
