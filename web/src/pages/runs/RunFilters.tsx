import { replaceRoute } from '../../route/replaceRoute';
import { hrefOf } from '../../route/route';
import type { RunFilter } from './filterRuns';

const statuses = ['Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled', 'Skipped'];
const triggers = [
  ['timer', 'timer'],
  ['blob', 'file'],
  ['http', 'by hand'],
] as const;

interface Props {
  readonly filter: RunFilter;
  readonly sources: readonly string[];
}

/** Three lists whose choices stand in the address. */
export function RunFilters({ filter, sources }: Props) {
  const choose = (name: string) => (event: { currentTarget: HTMLSelectElement }) =>
    replaceRoute(hrefOf(['runs'], { ...filter, [name]: event.currentTarget.value }));
  const list = (name: string, label: string, options: readonly (readonly [string, string])[]) => (
    <label>
      <span>{label}</span>
      <select value={filter[name] ?? ''} onChange={choose(name)}>
        <option value="">all</option>
        {options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
  const pair = (text: string) => [text, text] as const;
  return (
    <form class="filters" aria-label="Filter the runs">
      {list('status', 'Status', statuses.map(pair))}
      {list('trigger', 'Trigger', triggers)}
      {list('source', 'Source', sources.map(pair))}
    </form>
  );
}
