import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The width of an element in pixels, as it changes. */
export function useWidth<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const watcher = new ResizeObserver(() => setWidth(Math.floor(node.clientWidth)));
    watcher.observe(node);
    setWidth(Math.floor(node.clientWidth));
    return () => watcher.disconnect();
  }, []);
  return [element, width];
}
