import { type Look, otherLook, runLook, sourceLook } from '../looks/look';
import { Icon } from '../parts/Icon';

const entries: readonly (readonly [Look, string])[] = [
  [runLook.Succeeded, 'committed, published'],
  [sourceLook['nothing-new'], 'nothing new'],
  [otherLook.pending, 'under way'],
  [sourceLook.parked, 'parked, blocked'],
  [otherLook.differs, 'differs from partner'],
  [sourceLook.busy, 'busy'],
  [runLook.Failed, 'failed'],
];

/** What the squares of the grid mean. */
export const GridLegend = () => (
  <ul class="legend grid-legend">
    {entries.map(([look, text]) => (
      <li key={text}>
        <span class={`square tone-${look.tone}`}>
          <Icon name={look.icon} size={12} />
        </span>
        {text}
      </li>
    ))}
    <li class="quiet">bar: how long the run took</li>
  </ul>
);
