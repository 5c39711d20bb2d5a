import { randomUUID } from 'node:crypto';
import { textOf } from '../text';
import { ExpressionError, type Value } from '../value';
import { count, integer, text } from './args';
import type { Plain } from './functions';

const lower = (value: string): string => value.toLowerCase();

/** The two halves of searches: those with a position or an edge ignore case, as the service does. */
const search =
  (name: string, find: (where: string, what: string) => Value): Plain =>
  (...args) => {
    count(name, args, 2);
    return find(lower(text(name, args[0])), lower(text(name, args[1])));
  };

const map =
  (name: string, change: (value: string) => string): Plain =>
  (...args) => {
    count(name, args, 1);
    return change(text(name, args[0]));
  };

export const strings: Record<string, Plain> = {
  concat: (...args) => {
    count('concat', args, 1, Number.POSITIVE_INFINITY);
    return args.map(textOf).join('');
  },
  endsWith: search('endsWith', (where, what) => where.endsWith(what)),
  startsWith: search('startsWith', (where, what) => where.startsWith(what)),
  indexOf: search('indexOf', (where, what) => BigInt(where.indexOf(what))),
  lastIndexOf: search('lastIndexOf', (where, what) => BigInt(where.lastIndexOf(what))),
  toLower: map('toLower', lower),
  toUpper: map('toUpper', (value) => value.toUpperCase()),
  trim: map('trim', (value) => value.trim()),
  guid: (...args) => {
    count('guid', args, 0, 1);
    const id = randomUUID();
    const format = args.length === 0 ? 'D' : text('guid', args[0]);
    const shapes: Record<string, string> = { N: id.replaceAll('-', ''), D: id, B: `{${id}}`, P: `(${id})` };
    const shaped = shapes[format.toUpperCase()];
    if (shaped === undefined) throw new ExpressionError(`the function 'guid' knows no format '${format}'`);
    return shaped;
  },
  replace: (...args) => {
    count('replace', args, 3);
    const [where, what, by] = [text('replace', args[0]), text('replace', args[1]), text('replace', args[2])];
    if (what === '') throw new ExpressionError("the function 'replace' cannot look for an empty string");
    return where.replaceAll(what, () => by);
  },
  split: (...args) => {
    count('split', args, 2);
    const [where, by] = [text('split', args[0]), text('split', args[1])];
    return by === '' ? [where] : where.split(by);
  },
  substring: (...args) => {
    count('substring', args, 2, 3);
    const where = text('substring', args[0]);
    const start = Number(integer('substring', args[1]));
    const length = args.length === 3 ? Number(integer('substring', args[2])) : where.length - start;
    if (start < 0 || start >= where.length || length < 0 || start + length > where.length)
      throw new ExpressionError(
        `the function 'substring' was asked for ${length} characters from ${start} of a string of length ${where.length}`,
      );
    return where.slice(start, start + length);
  },
};
