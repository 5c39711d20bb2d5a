const LONGEST = 255;
/** Letters, marks and digits of every script, and the signs that no file system, URL or shell has a use for. */
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N} _.,;()+=@&!~'[\]-]*$/u;

/**
 * Why a file of this name is not read: it could lead outside its folder, hide what it is, or mean something else to
 * the next system. Null for a plain name.
 */
export function hostileName(name: string): string | null {
  if (Buffer.byteLength(name) > LONGEST) return `its name has more than ${LONGEST} bytes`;
  if (/[/\\]/.test(name)) return 'its name holds a path';
  if (/[\p{C}\p{Z}]/u.test(name.replaceAll(' ', ''))) return 'its name holds characters that cannot be seen';
  if (name.includes('..') || /[. ]$/.test(name)) return 'its name holds two dots in a row, or ends in a dot or a space';
  return PLAIN.test(name) ? null : "its name holds other signs than letters, digits, spaces and _.,;()+=@&!~'[]-";
}

/** A name for people: what cannot be seen is written as its code, so that no name can draw on a terminal or a page. */
export const visibleName = (name: string): string =>
  name
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
    .slice(0, LONGEST);
