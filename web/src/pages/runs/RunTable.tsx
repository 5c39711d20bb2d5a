import type { Run } from '../../../../shared/contracts/run';
import { totalsOf } from '../../account/totalsOf';
import { count } from '../../format/count';
import { runLook } from '../../looks/look';
import { Ago } from '../../parts/Ago';
import { Badge } from '../../parts/Badge';
import { RunLink } from '../../parts/RunLink';
import { Took } from '../../parts/Took';
import { TriggerText } from '../../parts/TriggerText';

const Rows = ({ label, value }: { label: string; value: string }) => (
  <td data-label={label} class={`num${value === '0' ? ' zero' : ''}`}>
    {count(value)}
  </td>
);

function RunRow({ run }: { run: Run }) {
  const totals = totalsOf(run);
  const sources = run.upkeep ? [run.upkeep.kind, ...run.upkeep.tables].join(' ') : run.wanted.join(', ');
  return (
    <tr>
      <td>
        <Badge look={runLook[run.status]} />
      </td>
      <th scope="row">
        <RunLink run={run.run} />
      </th>
      <td data-label="Started" class="num">
        <Ago at={run.started} />
      </td>
      <td data-label="Took" class="num">
        <Took started={run.started} ended={run.ended} />
      </td>
      <td data-label="Trigger">
        <TriggerText trigger={run.trigger} />
      </td>
      <td data-label="Sources">
        <span class="clip wide" title={sources}>
          {sources}
        </span>
      </td>
      <Rows label="Read" value={totals.read} />
      <Rows label="Inserted" value={totals.inserted} />
      <Rows label="Updated" value={totals.updated} />
      <Rows label="Deleted" value={totals.deleted} />
    </tr>
  );
}

/** Runs as rows, newest first. */
export const RunTable = ({ runs }: { runs: readonly Run[] }) => (
  <div class="scroll card flush">
    <table class="stack-narrow runs">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Run</th>
          <th scope="col" class="num">
            Started
          </th>
          <th scope="col" class="num">
            Took
          </th>
          <th scope="col">Trigger</th>
          <th scope="col">Sources</th>
          {['Read', 'Inserted', 'Updated', 'Deleted'].map((title) => (
            <th key={title} scope="col" class="num">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.run} run={run} />
        ))}
      </tbody>
    </table>
  </div>
);
