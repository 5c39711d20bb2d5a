import type { Step } from '../../../shared/contracts/run';
import { ticksOf } from './ticksOf';

/** A step as drawn: `x` and `width` in pixels, `row` counted inside its lane. */
export interface Bar {
  readonly step: Step;
  readonly x: number;
  readonly width: number;
  readonly row: number;
}

/** All steps of one subject; steps that overlap in time lie in rows below each other. */
export interface Lane {
  readonly subject: string;
  readonly rows: number;
  readonly bars: readonly Bar[];
}

export interface Chart {
  readonly lanes: readonly Lane[];
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
}

/** The shortest step can still be seen and pointed at. */
const NARROWEST = 5;
const ROOM_PER_TICK = 84;

/** Lays steps out between two instants (milliseconds since 1970) on `width` pixels. */
export function chartOf(steps: readonly Step[], from: number, to: number, width: number): Chart {
  const span = Math.max(1, to - from);
  const scale = width / span;
  const lanes = new Map<string, { bars: Bar[]; ends: number[] }>();

  for (const step of steps.toSorted((a, b) => Date.parse(a.started) - Date.parse(b.started))) {
    const started = Date.parse(step.started);
    const ended = step.ended === null ? to : Date.parse(step.ended);
    const lane = lanes.get(step.subject) ?? { bars: [], ends: [] };
    lanes.set(step.subject, lane);
    const free = lane.ends.findIndex((end) => end <= started);
    const row = free === -1 ? lane.ends.length : free;
    lane.ends[row] = Math.max(ended, started);
    const long = Math.max(NARROWEST, (ended - started) * scale);
    const x = Math.max(0, Math.min((started - from) * scale, width - long));
    lane.bars.push({ step, x, width: Math.min(long, width), row });
  }

  return {
    lanes: [...lanes].map(([subject, { bars, ends }]) => ({ subject, rows: ends.length, bars })),
    ticks: ticksOf(span, Math.max(2, Math.floor(width / ROOM_PER_TICK))).map(({ at, label }) => ({
      x: at * scale,
      label,
    })),
  };
}
