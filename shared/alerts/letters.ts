import type { Problem } from '../contracts/problem';
import type { RunReport } from '../contracts/run';
import type { Letter } from '../ports/mail';
import { hasFailed } from '../runs/reports';

/** A letter and the key under which it is sent once. */
export interface Addressed {
  readonly key: string;
  readonly letter: Letter;
}

const isMismatch = ({ code }: Problem): boolean => code === 'RECONCILE_MISMATCH';

/** What a run has to tell people: at most one letter of each kind, however many parts are concerned. */
export function letters(report: RunReport, to: readonly string[], publicUrl: string): Addressed[] {
  const parts = [...report.sources, ...report.datasets];
  // Whoever cancelled a run knows of it.
  const of = (some: typeof parts): Problem[] =>
    some.flatMap(({ problems }) => problems).filter(({ code }) => code !== 'RUN_CANCELLED');
  const stopped = of(parts.filter(hasFailed));
  // What passes by itself and stopped nothing is no news.
  const wentOn = of(parts.filter((part) => !hasFailed(part))).filter(({ transient }) => !transient);
  const kinds = [
    { kind: 'failed', title: 'failed', of: stopped.filter((p) => !isMismatch(p)) },
    { kind: 'mismatch', title: 'does not agree with a partner', of: [...stopped, ...wentOn].filter(isMismatch) },
    { kind: 'notice', title: 'has something to look at', of: wentOn.filter((p) => !isMismatch(p)) },
  ];
  return kinds
    .filter(({ of }) => of.length > 0)
    .map(({ kind, title, of }) => ({
      key: `${report.run}/${kind}`,
      letter: compose(
        `Tidemark run ${report.run} ${title}: ${wheres(of)}`,
        of,
        to,
        `${publicUrl}/#/runs/${report.run}`,
      ),
    }));
}

const wheres = (problems: readonly Problem[]): string => [...new Set(problems.map(({ where }) => where))].join(', ');

function compose(subject: string, problems: readonly Problem[], to: readonly string[], link: string): Letter {
  const text = problems.map((p) => `${p.where}: ${p.code}\n  Why:  ${p.why}\n  Next: ${p.next}`).join('\n\n');
  const html = problems
    .map(
      (p) =>
        `<h3>${escaped(p.where)}: ${p.code}</h3><p>${escaped(p.why).replaceAll('\n', '<br>')}</p><p><b>Next:</b> ${escaped(p.next)}</p>`,
    )
    .join('\n');
  return {
    to,
    subject: oneLine(subject).slice(0, 200),
    text: `${text}\n\n${link}\n`,
    html: `${html}\n<p><a href="${escaped(link)}">Open the run</a></p>`,
  };
}

/** A subject is one line: nothing in a name can add a header to the mail. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
