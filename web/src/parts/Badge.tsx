import type { Look } from '../looks/look';
import { Icon } from './Icon';

/** A state: icon, word and tone. */
export const Badge = ({ look }: { look: Look }) => (
  <span class={`badge tone-${look.tone}`}>
    <Icon name={look.icon} size={12} />
    {look.word}
  </span>
);
