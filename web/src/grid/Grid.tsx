import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Run } from '../../../shared/contracts/run';
import type { DatasetView, SourceView } from '../api/answers';
import { GridColumn } from './GridColumn';
import { GridLegend } from './GridLegend';
import { GridLine } from './GridLine';
import { gridOf } from './gridOf';

interface Props {
  readonly runs: readonly Run[];
  readonly sources: readonly SourceView[];
  readonly datasets: readonly DatasetView[];
}

const lasted = (run: Run) => (run.ended === null ? 0 : Date.parse(run.ended) - Date.parse(run.started));

/** Runs (columns, the newest on the right) by sources and datasets (rows), with the age of what each has. */
export function Grid({ runs, sources, datasets }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { columns, rows } = gridOf(
    runs,
    sources.map((view) => view.source.name),
    datasets.map((view) => view.dataset.name),
  );
  const longest = Math.max(1, ...columns.map(lasted));
  const newest = columns.at(-1)?.run;
  useLayoutEffect(() => {
    if (box.current !== null) box.current.scrollLeft = box.current.scrollWidth;
  }, [newest, rows.length, sources.length + datasets.length]);

  return (
    <section class="card flush" aria-label="Runs by source and dataset">
      <div class="scroll" ref={box}>
        <table class="grid">
          <thead>
            <tr>
              <th scope="col" class="name">
                <span class="hidden">Source or dataset</span>
              </th>
              {columns.map((run) => (
                <GridColumn key={run.run} run={run} longest={longest} />
              ))}
              <td class="rest" />
            </tr>
          </thead>
          {(['source', 'dataset'] as const).map((kind) => (
            <tbody key={kind}>
              <tr class="group">
                <th scope="rowgroup" class="name">
                  {kind === 'source' ? 'Sources' : 'Datasets'}
                </th>
                <td colSpan={columns.length + 1} />
              </tr>
              {rows
                .filter((row) => row.kind === kind)
                .map((row) => (
                  <GridLine
                    key={row.name}
                    row={row}
                    runs={columns}
                    source={sources.find((view) => kind === 'source' && view.source.name === row.name)}
                    dataset={datasets.find((view) => kind === 'dataset' && view.dataset.name === row.name)}
                  />
                ))}
            </tbody>
          ))}
        </table>
      </div>
      <GridLegend />
    </section>
  );
}
