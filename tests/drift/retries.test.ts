import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAILURES } from '../../shared/azure/failures/all';
import type { FailureRow } from '../../shared/azure/failures/row';

const text = readFileSync(join(__dirname, '../../docs/retries.md'), 'utf8');
const HEADINGS = { calls: 'Our own calls', copies: 'Runs of Data Factory', jobs: 'Runs of Databricks' } as const;

const SPOKEN: Readonly<Record<string, string>> = {
  failed: "the service's own",
  denied: "the service's own",
  unreachable: "the service's own",
};
const follows = ({ is, once }: FailureRow): string => {
  if (once) return 'once more';
  return { permanent: 'ends', transient: 'again', unknown: 'looked for, then again' }[is];
};
const line = (row: FailureRow): string => {
  const code = row.code ?? 'failed';
  return `| ${row.name} | ${row.is} | ${follows(row)} | ${SPOKEN[code] ?? `\`${code}\``} |`;
};

describe('docs/retries.md', () => {
  test.each(Object.entries(FAILURES))('tells every row about %s, in order, and no other', (name, rows) => {
    const [, section = ''] = text.split(`## ${HEADINGS[name as keyof typeof FAILURES]}\n`);
    const told = section
      .split('\n## ')[0]
      ?.split('\n')
      .filter((told) => told.startsWith('| '))
      .slice(1);
    expect(told).toEqual(rows.map(line));
  });
});
