import type { Guarantee } from '../../../shared/contracts/cursor';
import { Icon } from './Icon';

/** Says where a window ends only behind a lag: the weaker promise, since a long transaction can have been missed. */
export const Promised = ({ guarantee }: { guarantee: Guarantee | null | undefined }) =>
  guarantee !== 'lag' ? null : (
    <span class="trigger tone-warn" title="A transaction that was open for longer can have been missed.">
      <Icon name="caution" size={12} /> behind a lag
    </span>
  );
