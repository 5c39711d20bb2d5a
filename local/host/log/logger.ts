import type { Level } from '../core/contract';

const ORDER: Record<string, number> = {
  trace: 0,
  debug: 1,
  information: 2,
  warning: 3,
  error: 4,
  critical: 5,
  none: 6,
};

/** What a line belongs to; members that are absent do not apply. */
export interface LogScope {
  readonly invocationId?: string;
  readonly functionName?: string;
  readonly instanceId?: string;
}

export type Log = (level: Level, category: string, message: string, scope?: LogScope) => void;

/** The longest matching prefix of `logging.logLevel` in host.json decides; `default` is the last resort. */
export function threshold(levels: Record<string, string>, category: string): number {
  const matching = Object.keys(levels).filter((name) => category === name || category.startsWith(`${name}.`));
  const longest = matching.sort((a, b) => b.length - a.length)[0] ?? 'default';
  return ORDER[(levels[longest] ?? 'information').toLowerCase()] ?? 2;
}

/** Writes one JSON line per record. */
export function logger(levels: Record<string, string>, write: (line: string) => void): Log {
  return (level, category, message, scope = {}) => {
    if ((ORDER[level] ?? 2) < threshold(levels, category)) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level, category, ...scope, message })}\n`);
  };
}
