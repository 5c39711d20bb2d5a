import type { MySqlSource } from '../contracts/catalog';
import type { PathFault } from './parse';

/**
 * What a source may declare and no pipeline reads yet. It is refused: a look-back that is silently not done, or an
 * integer that is cut by the clock, would lose rows of those who rely on it.
 */
export function unreadFaults({ cursor, windows }: MySqlSource, path: PathFault['path']): PathFault[] {
  const settings: readonly [path: readonly string[], asked: boolean][] = [
    [['cursor', 'kind'], cursor !== null && cursor.kind !== 'timestamp'],
    [['cursor', 'tieBreaker'], cursor !== null && cursor.tieBreaker !== null],
    [['cursor', 'nulls'], cursor?.nulls === 'fail'],
    [['cursor', 'lookBack'], cursor !== null && cursor.lookBack > 0],
    [['cursor', 'zone'], cursor !== null && cursor.zone !== 'session'],
    [['windows', 'maxRows'], windows.maxRows !== null],
    [['windows', 'copies'], windows.copies > 1],
  ];
  return settings
    .filter(([, asked]) => asked)
    .map(([name]) => ({
      path: [...path, ...name],
      what: `${name.join('.')} is not read yet with this value`,
      cure: 'Take it out: tables are read by a timestamp, in one window a run and one copy a window.',
    }));
}
