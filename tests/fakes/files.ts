import type { SeenFile } from '../../shared/contracts/files';
import { lastSeenFirst } from '../../shared/files/order';
import type { Files } from '../../shared/ports/files';

/** The record of files in memory. */
export function fakeFiles(): Files {
  const versions = new Map<string, SeenFile>();
  const key = ({ source, name }: SeenFile, sha256: string | null) => JSON.stringify([source, name, sha256]);
  return {
    of: async (source) => lastSeenFirst([...versions.values()].filter((version) => version.source === source)),
    async put(some) {
      for (const version of some) {
        if (version.sha256 !== null) versions.delete(key(version, null));
        versions.set(key(version, version.sha256), version);
      }
    },
  };
}
