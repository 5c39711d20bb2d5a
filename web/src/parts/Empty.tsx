import type { ComponentChildren } from 'preact';

/** Nothing is here yet: says so, and says how that changes. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <p>
      <strong>{title}</strong>
    </p>
    {children}
  </div>
);
