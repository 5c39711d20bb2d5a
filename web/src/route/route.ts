/** A place in the dashboard, as it stands behind the `#` of the address: `/runs/2026...?step=users%2Fcopy`. */
export interface Route {
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (cause instanceof URIError) return text;
    throw cause;
  }
};

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** The address of a place; empty filters are left out so that equal places have equal addresses. */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const filters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const text = filters.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}
