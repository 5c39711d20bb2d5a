/** Goes to a place without a new entry in the history: for filters, which are many and small. */
export function replaceRoute(href: string): void {
  history.replaceState(null, '', href);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
