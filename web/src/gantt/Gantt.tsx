import { useState } from 'preact/hooks';
import type { Run, Step } from '../../../shared/contracts/run';
import { useNow } from '../clock/useNow';
import { chartOf } from './chartOf';
import { GanttBar } from './GanttBar';
import { StepDetail } from './StepDetail';
import { useWidth } from './useWidth';

const ROW = 26;
const AXIS = 22;
const GAP = 8;

interface Props {
  readonly run: Run;
  readonly steps: readonly Step[];
  /** Step that the address names. */
  readonly chosen: string;
}

/** The steps of a run over time, one lane a subject. Each bar is a link to its step; the table below says the same. */
export function Gantt({ run, steps, chosen }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState('');
  const now = useNow(run.ended === null);
  const narrow = width < 560;
  const label = narrow ? 0 : Math.min(220, 24 + 7.2 * Math.max(0, ...steps.map((step) => step.subject.length)));
  const from = Math.min(Date.parse(run.started), ...steps.map((step) => Date.parse(step.started)));
  const ends = steps.map((step) => Date.parse(step.ended ?? step.started));
  const to = run.ended === null ? Math.max(now, ...ends) : Math.max(Date.parse(run.ended), ...ends);
  const chart = chartOf(steps, from, Math.max(to, from + 1000), Math.max(1, width - label));
  const head = narrow ? 18 : 0;
  const shown = steps.find((step) => step.id === (pointed || chosen));

  let top = AXIS;
  const lanes = chart.lanes.map((lane) => {
    const y = top;
    top += lane.rows * ROW + head + GAP;
    return { ...lane, y, height: lane.rows * ROW + head + GAP };
  });

  return (
    <div>
      <div ref={box} class="gantt">
        {width > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a drawing
          <svg width={width} height={top + 2} role="group" aria-label="Steps of the run over time">
            {chart.ticks.map(({ x, label: text }) => (
              <g key={text}>
                <line class="tick" x1={label + x} x2={label + x} y1={AXIS - 4} y2={top} />
                <text class="axis" x={Math.min(label + x + (x === 0 ? 0 : 3), width - 34)} y={12}>
                  {text}
                </text>
              </g>
            ))}
            {lanes.map((lane) => (
              <g key={lane.subject}>
                <line class="lane" x1={0} x2={width} y1={lane.y - GAP / 2} y2={lane.y - GAP / 2} />
                <text class="subject" x={0} y={lane.y + (narrow ? 13 : 17)}>
                  {lane.subject}
                </text>
                {lane.bars.map((bar) => (
                  <GanttBar
                    key={bar.step.id}
                    bar={bar}
                    x={label}
                    y={lane.y + head + bar.row * ROW}
                    chosen={bar.step.id === chosen}
                    onPoint={setPointed}
                  />
                ))}
              </g>
            ))}
          </svg>
        )}
      </div>
      <StepDetail step={shown} />
    </div>
  );
}
