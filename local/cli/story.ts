import { z } from 'zod';

const Report = z.looseObject({
  source: z.string(),
  outcome: z.string(),
  read: z.string(),
  landed: z.string(),
  inserted: z.string(),
  updated: z.string(),
  deleted: z.string(),
});
const Dataset = z.looseObject({
  dataset: z.string(),
  outcome: z.string(),
  rows: z.string(),
  cells: z.string(),
  mismatches: z.string(),
});
const Run = z.looseObject({
  run: z.string(),
  status: z.string(),
  started: z.string(),
  ended: z.string().nullable(),
  trigger: z.looseObject({ kind: z.string() }),
  sources: z.array(Report),
  datasets: z.array(Dataset),
});
/** What the demonstration reads of a run. */
export const Detail = z.looseObject({ run: Run });
export type Detail = z.infer<typeof Detail>;
export const Runs = z.array(Run);

export const Rows = z.looseObject({ columns: z.array(z.string()), rows: z.array(z.array(z.string().nullable())) });
export type Rows = z.infer<typeof Rows>;
export const Datasets = z.array(
  z.looseObject({ dataset: z.looseObject({ name: z.string() }), published: z.string().nullable() }),
);
export const Alerts = z.array(
  z.looseObject({ subject: z.string(), to: z.array(z.string()), sent: z.string().nullable() }),
);

/** How long a run took, in seconds. */
export const seconds = ({ run }: Detail): string =>
  ((Date.parse(run.ended ?? '') - Date.parse(run.started)) / 1000).toFixed(1);

/** Lines about one run: what it read, what became of it, what was published. */
export function tell(title: string, detail: Detail): string[] {
  const { run } = detail;
  return [
    `${title}: ${run.run} ${run.status} in ${seconds(detail)} s (${run.trigger.kind})`,
    ...run.sources.map(
      (one) =>
        `  ${one.source.padEnd(22)} ${one.outcome.padEnd(12)} read ${one.read}, landed ${one.landed}, inserted ${one.inserted}, updated ${one.updated}, deleted ${one.deleted}`,
    ),
    ...run.datasets.map(
      (one) =>
        `  ${one.dataset.padEnd(28)} ${one.outcome}, ${one.rows} rows${one.cells === '0' ? '' : `; ${one.cells} cells compared with the partner, ${one.mismatches} differ`}`,
    ),
  ];
}

/** The first columns of a table, as wide as they need, at most `width` characters in all. */
export function preview({ columns, rows }: Rows, width: number): string[] {
  const cells = [columns, ...rows.map((row) => row.map((cell) => cell ?? '')).slice(0, 5)];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells.map((row) => {
    let line = ' ';
    for (const [at, cell] of row.entries()) {
      const next = `${line} ${cell.padEnd(widths[at] ?? 0)}`;
      if (next.length > width - 2) return `${line} …`;
      line = next;
    }
    return line.trimEnd();
  });
}
