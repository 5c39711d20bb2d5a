import type { Run } from '../../../shared/contracts/run';
import { useNow } from '../clock/useNow';
import { absolute } from '../format/absolute';
import { duration } from '../format/duration';
import { runLook } from '../looks/look';
import { Icon } from '../parts/Icon';
import { hrefOf } from '../route/route';

const HEIGHT = 40;

/** The head of a run's column: a bar as high as the run was long, over a square with its status. */
export function GridColumn({ run, longest }: { run: Run; longest: number }) {
  const now = useNow(run.ended === null);
  const took = (run.ended === null ? now : Date.parse(run.ended)) - Date.parse(run.started);
  const height = Math.max(2, Math.min(1, took / longest) * HEIGHT);
  const { tone, icon, word } = runLook[run.status];
  const text = `${word}, ${duration(took)}, started ${absolute(run.started)}, run ${run.run}`;
  return (
    <th scope="col">
      <a class={`column tone-${tone}`} href={hrefOf(['runs', run.run])} title={text} aria-label={text}>
        <svg width={14} height={HEIGHT} viewBox={`0 0 14 ${HEIGHT}`} aria-hidden="true">
          <rect x={2} y={HEIGHT - height} width={10} height={height} rx={1.5} />
        </svg>
        <span class="square">
          <Icon name={icon} size={12} />
        </span>
      </a>
    </th>
  );
}
