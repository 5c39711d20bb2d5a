/** A name inside back-quotes; it comes from the catalog, and still no name can end the quotes. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** A text inside quotes, for a server in its default mode, in which a backslash escapes. */
export const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
