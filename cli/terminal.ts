/** Whether standard output is a person's terminal that likes colours. */
export const inColour = (): boolean =>
  process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';

const paint = (code: number) => (text: string) => (inColour() ? `\x1b[${code}m${text}\x1b[0m` : text);

export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

const colours: Readonly<Record<string, (text: string) => string>> = {
  Succeeded: green,
  Failed: red,
  Cancelled: yellow,
  Running: yellow,
};

/** A status in its colour; the word itself always says it too. */
export const status = (word: string): string => (colours[word] ?? ((text: string) => text))(word);

/** The time between two instants, for people: 0.4 s, 12.3 s, 2 min 05 s. */
export function duration(from: string, to: string | null): string {
  const seconds = (Date.parse(to ?? new Date().toISOString()) - Date.parse(from)) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}
