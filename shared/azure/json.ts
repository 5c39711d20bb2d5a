/**
 * Parses JSON and keeps whole numbers of 16 digits and more as text: Databricks' ids are 64 bits wide, a JavaScript
 * number holds 53. Texts in the JSON are left alone.
 */
export function parseJson(text: string): unknown {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  return JSON.parse(text.replaceAll(tokens, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
}
