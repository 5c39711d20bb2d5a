import { describe, expect, test } from 'vitest';
import { Step } from '../../../../shared/contracts/run';
import { chartOf } from '../../../../web/src/gantt/chartOf';

const step = (id: string, subject: string, from: number, to: number | null) =>
  Step.parse({
    run: '20261122T181500-1a2b3c4d',
    id,
    subject,
    name: 'copy',
    status: to === null ? 'Running' : 'Succeeded',
    started: new Date(from).toISOString(),
    ended: to === null ? null : new Date(to).toISOString(),
  });

describe('chartOf', () => {
  test('gives each subject one lane, in the order in which they began', () => {
    const chart = chartOf(
      [step('b', 'late', 500, 900), step('a', 'early', 0, 400), step('c', 'early', 400, 800)],
      0,
      1000,
      500,
    );
    expect(chart.lanes.map((lane) => [lane.subject, lane.bars.map((bar) => bar.step.id)])).toEqual([
      ['early', ['a', 'c']],
      ['late', ['b']],
    ]);
  });

  test('places a bar where its time is', () => {
    const [lane] = chartOf([step('a', 's', 200, 700)], 0, 1000, 500).lanes;
    expect(lane?.bars[0]).toMatchObject({ x: 100, width: 250, row: 0 });
  });

  test('draws a running step up to now', () => {
    const [lane] = chartOf([step('a', 's', 200, null)], 0, 1000, 500).lanes;
    expect(lane?.bars[0]).toMatchObject({ x: 100, width: 400 });
  });

  test('puts steps that overlap into rows below each other, and only those', () => {
    const [lane] = chartOf(
      [step('a', 's', 0, 600), step('b', 's', 300, 900), step('c', 's', 600, 900)],
      0,
      1000,
      500,
    ).lanes;
    expect(lane?.rows).toBe(2);
    expect(lane?.bars.map((bar) => [bar.step.id, bar.row])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 0],
    ]);
  });

  test('keeps the shortest step visible and inside the chart', () => {
    const [lane] = chartOf([step('a', 's', 1000, 1000)], 0, 1000, 500).lanes;
    const bar = lane?.bars[0];
    expect(bar?.width).toBeGreaterThanOrEqual(5);
    expect((bar?.x ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(500);
  });
});
