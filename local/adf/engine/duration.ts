const SPAN = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/;

export const isSpan = (text: string): boolean => SPAN.test(text);

/**
 * Reads a time span of the service (`hh:mm:ss` or `d.hh:mm:ss`).
 * @returns milliseconds
 */
export function spanMs(text: string): number {
  const found = SPAN.exec(text);
  if (!found) throw new Error(`'${text}' is no time span; write it as d.hh:mm:ss`);
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = found;
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
