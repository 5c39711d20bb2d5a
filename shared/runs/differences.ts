import type { BrokenFile, BronzeCheck } from '../contracts/bronze';
import type { ContentCheck, DifferingKey } from '../contracts/listing';
import type { Problem } from '../contracts/problem';
import { problem } from '../problem';

const SHOWN = 20;

/** What a mail says of files of bronze that are not what landed. */
export function altered(source: string, { broken, files, faults, unread }: BronzeCheck): Problem {
  const why = [
    `${broken} of ${files} files of bronze are not what landed:`,
    ...some(broken, faults, ({ window, file, fault }: BrokenFile) => `window ${window}: ${file} ${fault}`),
    ...(unread === '0' ? [] : [`${unread} files were written again since they landed, too many to be read`]),
  ];
  const next =
    'Silver has what landed then. Bring the files back from a copy; or read the bounds of the window again by ' +
    '`tidemark backfill`, and find out who writes to bronze.';
  return problem('BRONZE_ALTERED', source, why.join('\n'), next);
}

/** What a mail says of rows that differ between a source and silver: keys and columns, never a value. */
export function mismatch(source: string, { differing, keys, buckets, followed, ...rows }: ContentCheck): Problem {
  const left = BigInt(buckets) - BigInt(followed);
  const why = [
    `${differing} rows differ between the source (${rows.source}) and silver (${rows.silver}):`,
    ...some(differing, keys, line),
    ...(left > 0n ? [`${left} of ${buckets} buckets of keys that differ were not looked into`] : []),
  ];
  const next =
    'Only in silver: gone at the source, `tidemark run --deletes` marks them. Else they changed behind the cursor: ' +
    'read them again by `tidemark watermark reset` or `tidemark backfill`.';
  return problem('RECONCILE_MISMATCH', source, why.join('\n'), next);
}

function some<T>(all: string, known: readonly T[], text: (one: T) => string): string[] {
  const lines = known.slice(0, SHOWN).map(text);
  const more = BigInt(all) - BigInt(lines.length);
  return more > 0n ? [...lines, `and ${more} more`] : lines;
}

const line = ({ key, held, columns }: DifferingKey): string =>
  held === 'both'
    ? `${key}: ${columns.join(', ')}`
    : `${key}: only ${held === 'silver' ? 'in silver' : 'at the source'}`;
