import { Problem, type ProblemCode } from './contracts/problem';

const MARK = ' #problem ';

/** A problem that another attempt would not cure, unless `transient` says so. */
export const problem = (code: ProblemCode, where: string, why: string, next: string, transient = false): Problem => ({
  code,
  where,
  why,
  next,
  transient,
});

/** Only text crosses from an activity to its orchestrator: the problem rides behind the sentence that people read. */
export const asText = (of: Problem): string => `${of.code} at ${of.where}: ${of.why}${MARK}${JSON.stringify(of)}`;

/** The problem that a failed activity carried, or INTERNAL with the bare text. */
export function problemOf(error: unknown, where: string): Problem {
  const text = error instanceof Error ? error.message : String(error);
  const at = text.indexOf(MARK);
  if (at >= 0) {
    // The problem is one line; behind it come the words of the host, and its stack, which tells the problem once more.
    const [line = ''] = text.slice(at + MARK.length).split('\n', 1);
    const parsed = Problem.safeParse(parseJson(line.slice(0, line.lastIndexOf('}') + 1)));
    if (parsed.success) return parsed.data;
  }
  return problem(
    'INTERNAL',
    where,
    text.slice(0, 500),
    'Read the log of the run; if it repeats, report it with this text.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
