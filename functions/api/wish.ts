import type { z } from 'zod';
import { declaresDeletes, sourceOf } from '../../shared/catalog/lookup';
import type { StartRun } from '../../shared/contracts/api';
import type { Catalog } from '../../shared/contracts/catalog';
import { ProblemError } from '../../shared/errors';
import { problem } from '../../shared/problem';
import type { Wanted } from '../services';
import { wantedSources } from './plan';

/**
 * The sources of a run that a person asks for, and what else it is to do with them.
 * @throws ProblemError REQUEST_INVALID when it is to compare keys, and no source of it says how its deletions may be found
 */
export function wishOf(
  catalog: Catalog,
  { sources, deletes, acceptDeletes, reconcile }: z.infer<typeof StartRun>,
): { wanted: string[]; how: Pick<Wanted, 'keys' | 'reconcile'> } {
  const wanted = wantedSources(catalog, sources);
  if (deletes && !wanted.some((name) => declaresDeletes(sourceOf(catalog, name)))) {
    throw new ProblemError(
      problem(
        'REQUEST_INVALID',
        wanted.join(' '),
        'no source of this run declares `deletes`.',
        'Add `deletes: {}` to it in the catalog.',
      ),
    );
  }
  return { wanted, how: { ...(deletes && { keys: { accepted: acceptDeletes } }), ...(reconcile && { reconcile }) } };
}
