import type { Publication, Publications } from '../../shared/ports/publications';

/** Current published forms in memory. */
export function fakePublications(): Publications {
  const current = new Map<string, Publication>();
  return {
    get: async (dataset) => current.get(dataset) ?? null,
    put: async (publication) => void current.set(publication.dataset, publication),
  };
}
