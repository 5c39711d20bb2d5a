/** A string literal of DuckDB: quotes doubled, no other escapes exist. */
export const literal = (text: string): string => {
  if (text.includes('\0')) throw new Error('text with a zero character cannot be put into SQL');
  return `'${text.replaceAll("'", "''")}'`;
};

/** A quoted DuckDB identifier. */
export const identifier = (name: string): string => {
  if (name.includes('\0')) throw new Error('a name with a zero character cannot be put into SQL');
  return `"${name.replaceAll('"', '""')}"`;
};
