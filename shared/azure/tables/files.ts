import { createHash } from 'node:crypto';
import { batches } from '../../batches';
import { SeenFile } from '../../contracts/files';
import { lastSeenFirst } from '../../files/order';
import type { Files } from '../../ports/files';
import { fromChunks, toChunks } from './chunks';
import { below, type Change, type Table, TRANSACTION } from './table';

const PREFIX = 'seen:';
const UNREAD = 'unread';
const ALL = 1_000_000;

/** A name can hold anything; its hash is a plain key. */
const keyOf = (name: string, sha256: string | null): string =>
  `${PREFIX}${createHash('sha256').update(name).digest('hex').slice(0, 32)}:${sha256 ?? UNREAD}`;

/** The record in one partition a source: a row a version, and one for the look at a name that was not read yet. */
export function tableFiles(table: Table): Files {
  const changeOf = (version: SeenFile): Change => ({
    do: 'put',
    key: keyOf(version.name, version.sha256),
    values: toChunks(version),
  });
  const putRead = async (version: SeenFile): Promise<void> => {
    const unread = keyOf(version.name, null);
    const looked = (await table.get(version.source, unread)) !== null;
    const both: Change[] = looked ? [changeOf(version), { do: 'delete', key: unread }] : [changeOf(version)];
    // Another run may have been faster with the deletion; the version is written all the same.
    if (!(await table.change(version.source, both))) await table.change(version.source, [changeOf(version)]);
  };
  const putLooks = async (source: string, versions: readonly SeenFile[]): Promise<void> => {
    const rows = [...new Map(versions.map((version) => [keyOf(version.name, null), changeOf(version)])).values()];
    for (const some of batches(rows, TRANSACTION)) await table.change(source, some);
  };

  return {
    async of(source) {
      const rows = await table.range(source, PREFIX, below(PREFIX), ALL);
      return lastSeenFirst(rows.map(({ values }) => SeenFile.parse(fromChunks(values))));
    },
    async put(versions) {
      const looks = versions.filter(({ sha256 }) => sha256 === null);
      for (const source of new Set(looks.map((look) => look.source)))
        await putLooks(
          source,
          looks.filter((look) => look.source === source),
        );
      for (const version of versions) if (version.sha256 !== null) await putRead(version);
    },
  };
}
