import { isNewer } from '../../shared/gold/newer';
import type { Publication, Publications } from '../../shared/ports/publications';

/** Current published forms in memory. */
export function fakePublications(): Publications {
  const forms = new Map<string, Publication>();
  return {
    get: async (dataset) => forms.get(dataset) ?? null,
    async put(publication) {
      const current = forms.get(publication.dataset);
      if (current && isNewer(current.serial, publication.serial)) return current;
      forms.set(publication.dataset, publication);
      return publication;
    },
  };
}
