/** Whether a file name fits a pattern with `*` (any characters) and `?` (one). Case matters, as on the server. */
export function matches(pattern: string, name: string): boolean {
  const literal = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const source = literal(pattern).replaceAll('*', '[^/]*').replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`, 'u').test(name);
}
