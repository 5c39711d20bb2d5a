import type { Watermark, Window } from '../../../../shared/contracts/window';
import { following } from '../../../../shared/windows/following';
import { raised } from '../../../../shared/windows/moves';
import { nextOfTable } from '../../../support/nextOfTable';

/** One version of a row: when its statement ran (which is its cursor), and when its transaction began and ended. */
export interface Version {
  readonly key: number;
  readonly began: number;
  readonly written: number;
  readonly committed: number;
}

/** How a table is read. `naive` ends a window at the greatest cursor that it sees, as tools do. */
export interface Reader {
  readonly by: 'transactions' | 'lag' | 'naive';
  readonly lag: number;
  readonly lookBack: number;
  readonly maxRows: number;
}

export const careful: Reader = { by: 'transactions', lag: 0, lookBack: 0, maxRows: 1_000_000 };

/** An instant as the text that a source prints; the model's clock begins well above zero. */
const text = (instant: number): string => String(EPOCH + instant);
const instantOf = (cursor: string): number => Number(cursor) - EPOCH;
const EPOCH = 500_000_000;

/** A table whose clock and transactions a test makes up, read through the product's own planning. */
export function modelTable(history: readonly Version[], reader: Reader) {
  const silver = new Map<number, number>();
  let watermark: Watermark | null = null;
  let runs = 0;

  const visible = (now: number): Version[] => {
    const latest = new Map<number, Version>();
    for (const version of history.filter(({ committed }) => committed <= now)) {
      const held = latest.get(version.key);
      if (!held || version.committed >= held.committed) latest.set(version.key, version);
    }
    return [...latest.values()];
  };

  const stable = (now: number): number => {
    if (reader.by === 'lag') return now - reader.lag;
    if (reader.by === 'naive') return Math.max(0, ...visible(now).map(({ written }) => written));
    const open = history.filter(({ began, committed }) => began <= now && committed > now);
    return Math.min(now, ...open.map(({ began }) => began)) - 1;
  };

  /** What the pipeline does: bounds, then rows. */
  const copy = (window: Window, now: number): { window: Window; rows: Version[] } => {
    const lower = window.lower === null ? -EPOCH : instantOf(window.lower);
    const readPoint = Math.max(stable(now), lower);
    const target = window.upper === null ? readPoint : Math.min(readPoint, instantOf(window.upper));
    const from = window.follows || window.lower === null ? lower : lower - reader.lookBack;
    const above = visible(now).filter(({ written }) => written > lower);
    const nth = above.map(({ written }) => written).sort((a, b) => a - b)[reader.maxRows - 1];
    const upper = nth !== undefined && nth < target ? nth : target;
    const rows = visible(now).filter(({ written }) => written > from && written <= upper);
    const reading = {
      guarantee: reader.by === 'lag' ? ('lag' as const) : ('read-point' as const),
      readPoint: text(readPoint),
      complete: upper === target,
      from: null,
      withoutCursor: '0',
      ahead: lower > now,
      sighting: null,
    };
    return { window: { ...window, upper: text(upper), reading }, rows };
  };

  const plan = (until: string | null): Window => nextOfTable({ source: 'users', run: runs, watermark, until });

  /** Newest version wins; what is older than what is held changes nothing. */
  const merge = (rows: readonly Version[]): void => {
    for (const { key, written } of rows) if (written >= (silver.get(key) ?? -1)) silver.set(key, written);
  };

  return {
    /** One run at a moment; writers go on between its windows by `pace`. @returns its windows as they landed */
    run(now: number, pace = 0): Window[] {
      runs += 1;
      const moved: Window[] = [];
      for (let [until, at]: [string | null, number] = [null, now]; ; at += pace) {
        const planned = plan(until);
        const { window, rows } = copy(planned, at);
        merge(rows);
        watermark = raised(watermark, window, window.changed);
        moved.push(window);
        const next = following(window, planned, until);
        if (next === null) return moved;
        until = next.until;
      }
    },
    silver: () => Object.fromEntries([...silver].sort(([a], [b]) => a - b)),
    truth: (now: number) => Object.fromEntries(visible(now).map(({ key, written }) => [key, written] as const)),
    watermark: () => watermark,
    resetWatermark(to: Watermark | null) {
      watermark = to;
    },
  };
}
