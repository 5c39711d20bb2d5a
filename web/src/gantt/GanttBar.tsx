import { duration } from '../format/duration';
import { stepLook } from '../looks/look';
import { hrefOf } from '../route/route';
import type { Bar } from './chartOf';
import { layerOf } from './layerOf';
import { rowsOf } from './rowsOf';

const HEIGHT = 22;
const PER_LETTER = 6.6;

interface Props {
  readonly bar: Bar;
  readonly x: number;
  readonly y: number;
  readonly chosen: boolean;
  readonly onPoint: (step: string) => void;
}

const fullCaption = (name: string, rows: string) => (rows === '' ? name : `${name} ${rows}`);

/** What fits on the bar: the step with its rows, the step alone, or nothing. */
function caption(name: string, rows: string, width: number): string {
  const full = fullCaption(name, rows);
  const fits = (text: string) => text.length * PER_LETTER + 10 <= width;
  if (fits(full)) return full;
  return fits(name) ? name : '';
}

/** One step: colour by layer, outline and mark by status, text as far as it fits. */
export function GanttBar({ bar, x, y, chosen, onPoint }: Props) {
  const { step } = bar;
  const rows = rowsOf(step);
  const marked = step.status === 'Failed' || step.status === 'Skipped';
  const mark = marked && bar.width >= 16 ? 14 : 0;
  const took = step.ended === null ? 'so far' : duration(Date.parse(step.ended) - Date.parse(step.started));
  const left = x + bar.x;
  return (
    <a
      class={`bar layer-${layerOf(step.name)} status-${step.status.toLowerCase()}${chosen ? ' chosen' : ''}`}
      href={hrefOf(['runs', step.run], { step: step.id })}
      data-step={step.id}
      aria-label={[step.subject, fullCaption(step.name, rows), stepLook[step.status].word, took].join(', ')}
      aria-current={chosen ? 'true' : undefined}
      onMouseEnter={() => onPoint(step.id)}
      onMouseLeave={() => onPoint('')}
      onFocus={() => onPoint(step.id)}
      onBlur={() => onPoint('')}
    >
      <rect x={left + 0.5} y={y + 0.5} width={Math.max(1, bar.width - 1)} height={HEIGHT - 1} rx={4} />
      {mark > 0 && (
        <path
          class="mark"
          d={
            step.status === 'Failed'
              ? `M${left + 5} ${y + 7}l8 8m0-8l-8 8`
              : `M${left + 5} ${y + 7}l4 4-4 4m5-8l4 4-4 4`
          }
        />
      )}
      <text x={left + 6 + mark} y={y + 15}>
        {caption(step.name, rows, bar.width - mark)}
      </text>
    </a>
  );
}
