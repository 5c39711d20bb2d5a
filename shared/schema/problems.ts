import type { Problem } from '../contracts/problem';
import type { SchemaChange } from '../contracts/schema';
import { problem } from '../problem';

/** A change in one line: column, before, after, what it is, and what its policy says. */
const line = ({ column, kind, before, after, policy, next }: SchemaChange): string =>
  `  ${column}: ${before ?? 'not there'} -> ${after ?? 'gone'} (${kind}, policy ${policy}): ${next}.`;

const listed = (changes: readonly SchemaChange[]): string => changes.map(line).join('\n');

/** Why a window waits for a person, or null when the policy lets every change pass. */
export function parkingProblem(source: string, changes: readonly SchemaChange[]): Problem | null {
  const parking = changes.filter(({ policy }) => policy === 'park');
  if (parking.length === 0) return null;
  return problem(
    parking.some(({ kind }) => kind === 'removed') ? 'SCHEMA_REMOVED' : 'SCHEMA_CHANGED',
    source,
    `its columns are no longer what they were:\n${listed(changes)}`,
    `When the source is mended, or the catalog published: \`tidemark resume ${source} --reason …\`. To take it as it is: \`tidemark resume ${source} --accept --reason …\`. The window goes on with its bounds.`,
  );
}

/** The news of changes that the policy lets pass. */
export const reportedChanges = (source: string, changes: readonly SchemaChange[]): Problem[] =>
  changes.length === 0
    ? []
    : [
        problem(
          'SCHEMA_REPORTED',
          source,
          `its columns are no longer what they were, and its policy lets that pass:\n${listed(changes)}`,
          'Publish a catalog that says what you want of these columns.',
        ),
      ];
