import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Link } from './Link';

interface Props {
  readonly text: string;
  /** What the browser tab says, when it is more than the heading. */
  readonly tab?: string;
  readonly within?: readonly [name: string, path: readonly string[]];
  readonly mono?: boolean;
  readonly beside?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** The heading of a page; it also names the browser tab, and gets the focus when a page is entered. */
export function Title({ text, tab = text, within, mono = false, beside, children }: Props) {
  useEffect(() => {
    document.title = `${tab} · Tidemark`;
  }, [tab]);
  return (
    <div class="title">
      <div>
        {within && (
          <p class="crumb">
            <Link to={within[1]}>{within[0]}</Link>
          </p>
        )}
        <div class="line">
          <h1 tabIndex={-1} class={mono ? 'mono' : ''}>
            {text}
          </h1>
          {beside}
        </div>
      </div>
      <div class="actions">{children}</div>
    </div>
  );
}
