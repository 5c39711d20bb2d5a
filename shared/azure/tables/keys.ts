const LAST_INSTANT = 9_999_999_999_999;
const LAST_NUMBER = 999_999_999_999n;
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A key part under which newer instants come first. */
export const newestFirst = (at: Date): string => String(LAST_INSTANT - at.getTime()).padStart(13, '0');

/** A key part under which older instants come first. */
export const oldestFirst = (at: Date): string => String(at.getTime()).padStart(13, '0');

/** A key part of 12 digits under which higher numbers come first. */
export const highestFirst = (number: string): string => String(LAST_NUMBER - BigInt(number)).padStart(12, '0');

/** Turns the order of lower-case ids around: applied twice, it gives the id back. Other characters stay. */
export const reversed = (id: string): string =>
  id.replaceAll(/[0-9a-z]/g, (char) => ALPHABET.charAt(ALPHABET.length - 1 - ALPHABET.indexOf(char)));

/** Any text as a key part: `/ \ # ?`, control characters and `%` do not belong in keys. Distinct texts stay distinct. */
export const keyPart = (text: string): string => encodeURIComponent(text).replaceAll('!', '%21').replaceAll('%', '!');
