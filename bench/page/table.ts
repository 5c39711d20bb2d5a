/** A Markdown table; numbers are set to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, at) =>
    rows.every((row) => typeof row[at] === 'number' || row[at] === '') ? '---:' : '---',
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

export const thousands = (value: number): string => `${Math.round(value / 1000).toLocaleString('en')} k`;
export const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
/** Whether an aim is met, in the words of the page. */
export const met = (holds: boolean): string => (holds ? 'met' : '**not met**');
