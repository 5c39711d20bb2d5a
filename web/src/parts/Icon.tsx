import { type IconName, iconPaths } from './iconPaths';

/** A picture beside a word, never instead of one: it is hidden from screen readers. */
export const Icon = ({ name, size = 14 }: { name: IconName; size?: number }) => (
  <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
    <path d={iconPaths[name]} />
  </svg>
);
