import type { Source } from '../../../shared/contracts/catalog';
import { Icon } from './Icon';

const icons = { mysql: 'database', sftp: 'server', blob: 'folder' } as const;
const words = { mysql: 'MySQL', sftp: 'SFTP', blob: 'landing' } as const;

/** Of which kind a source is, as icon and word. */
export const SourceKind = ({ source }: { source: Source }) => (
  <span class="trigger">
    <Icon name={icons[source.kind]} />
    {words[source.kind]}
    <span class="quiet clip">{source.kind === 'mysql' ? source.from : `${source.folder}/${source.pattern}`}</span>
  </span>
);
