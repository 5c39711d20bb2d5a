import type { ComponentChildren } from 'preact';
import { hrefOf } from '../route/route';

interface Props {
  readonly to: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly current?: boolean;
}

/** A link to a place in the dashboard. */
export const Link = ({ to, query, children, class: look = '', current = false }: Props) => (
  <a class={look} href={hrefOf(to, query)} aria-current={current ? 'page' : undefined}>
    {children}
  </a>
);
