import type { Window } from '../../../../shared/contracts/window';
import { count } from '../../format/count';
import { windowLook } from '../../looks/look';
import { Ago } from '../../parts/Ago';
import { Badge } from '../../parts/Badge';
import { Bounds } from '../../parts/Bounds';
import { Promised } from '../../parts/Promised';
import { RunLink } from '../../parts/RunLink';

function Span({ window }: { window: Window }) {
  if (window.mode === 'files') return <span>{window.files.map((file) => file.name).join(', ')}</span>;
  if (window.mode === 'snapshot') return <span class="quiet">whole table</span>;
  return (
    <>
      <Bounds lower={window.lower} upper={window.upper} /> <Promised guarantee={window.reading?.guarantee} />
    </>
  );
}

/** Windows of a source, newest first: read = rejected + landed, landed = merged + duplicates + quarantined + erased. */
export function WindowTable({ windows }: { windows: readonly Window[] }) {
  if (windows.length === 0) return <p class="quiet">No window was planned yet.</p>;
  const rows = (label: string, value: string | null | undefined) => (
    <td data-label={label} class="num">
      {value ? count(value) : ''}
    </td>
  );
  return (
    <div class="scroll">
      <table class="stack-narrow">
        <thead>
          <tr>
            <th scope="col">Window</th>
            <th scope="col">State</th>
            <th scope="col">From and to</th>
            {[
              'Counted',
              'Read',
              'Rejected',
              'Landed',
              'Merged',
              'Duplicates',
              'Quarantined',
              'Erased',
              'Unchanged',
              'Attempt',
            ].map((title) => (
              <th key={title} scope="col" class="num">
                {title}
              </th>
            ))}
            <th scope="col">Run</th>
            <th scope="col" class="num">
              Changed
            </th>
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => (
            <tr key={window.number}>
              <th scope="row">#{window.number}</th>
              <td data-label="State">
                <Badge look={windowLook[window.state]} />
              </td>
              <td data-label="From and to">
                <Span window={window} />
              </td>
              {rows('Counted', window.account?.counted)}
              {rows('Read', window.account?.read)}
              {rows('Rejected', window.account?.rejected)}
              {rows('Landed', window.account?.landed)}
              {rows('Merged', window.outcome?.merged)}
              {rows('Duplicates', window.outcome?.duplicates)}
              {rows('Quarantined', window.outcome?.quarantined)}
              {rows('Erased', window.outcome?.erased)}
              {rows('Unchanged', window.outcome?.unchanged)}
              <td data-label="Attempt" class="num">
                {window.attempt}
              </td>
              <td data-label="Run">
                <RunLink run={window.run} />
              </td>
              <td data-label="Changed" class="num">
                <Ago at={window.changed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
