import type { Problem } from '../contracts/problem';
import type { Letter } from '../ports/mail';
import { hasFailed } from '../runs/reports';

/** A letter and the key under which it is sent once. */
export interface Addressed {
  readonly key: string;
  readonly letter: Letter;
}

/** A piece of a run, as it reports itself: a source, a dataset, a table in maintenance. */
interface Part {
  readonly outcome: string;
  readonly problems: readonly Problem[];
}

const isMismatch = ({ code }: Problem): boolean => code === 'RECONCILE_MISMATCH' || code === 'BRONZE_ALTERED';

/** What a run has to tell people: at most one letter of each kind, however many parts are concerned. */
export function letters(run: string, parts: readonly Part[], to: readonly string[], publicUrl: string): Addressed[] {
  // Whoever cancelled a run knows of it.
  const of = (some: readonly Part[]): Problem[] =>
    some.flatMap(({ problems }) => problems).filter(({ code }) => code !== 'RUN_CANCELLED');
  const stopped = of(parts.filter(hasFailed));
  // What passes by itself and stopped nothing is no news.
  const wentOn = of(parts.filter((part) => !hasFailed(part))).filter(({ transient }) => !transient);
  const kinds = [
    { kind: 'failed', title: 'failed', of: stopped.filter((p) => !isMismatch(p)) },
    { kind: 'mismatch', title: 'found what does not agree', of: [...stopped, ...wentOn].filter(isMismatch) },
    { kind: 'notice', title: 'has something to look at', of: wentOn.filter((p) => !isMismatch(p)) },
  ];
  return kinds
    .filter(({ of }) => of.length > 0)
    .map(({ kind, title, of }) => ({
      key: `${run}/${kind}`,
      letter: compose(`Tidemark run ${run} ${title}: ${wheres(of)}`, of, to, `${publicUrl}/#/runs/${run}`),
    }));
}

const wheres = (problems: readonly Problem[]): string => [...new Set(problems.map(({ where }) => where))].join(', ');

/** A letter of problems, as text and as HTML. */
export function compose(
  subject: string,
  problems: readonly Problem[],
  to: readonly string[],
  link: string,
  open = 'Open the run',
): Letter {
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
    html: `${html}\n<p><a href="${escaped(link)}">${open}</a></p>`,
  };
}

/** A subject is one line: nothing in a name can add a header to the mail. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
