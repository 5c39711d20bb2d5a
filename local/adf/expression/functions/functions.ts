import type { Value } from '../value';
import { collections } from './collections';
import { conversions } from './conversions';
import { dates } from './dates';
import { logic } from './logic';
import { maths } from './maths';
import { strings } from './strings';

/** An argument that is computed only when it is asked for. */
export type Evaluated = () => Value;

/** A function of the language over values that are already computed. */
export type Plain = (...args: Value[]) => Value;

const eager = (table: Record<string, Plain>): [string, (args: Evaluated[]) => Value][] =>
  Object.entries(table).map(([name, run]) => [name.toLowerCase(), (args) => run(...args.map((arg) => arg()))]);

/**
 * Every function that Data Factory documents, by its name in lower case. The engine behind the service knows more
 * (Logic Apps has them); they are absent on purpose, since a pipeline that used them would fail in Azure.
 * https://learn.microsoft.com/azure/data-factory/control-flow-expression-language-functions
 */
export const functions: ReadonlyMap<string, (args: Evaluated[]) => Value> = new Map([
  ...eager(strings),
  ...eager(collections),
  ...eager(conversions),
  ...eager(maths),
  ...eager(dates),
  ...Object.entries(logic).map(([name, run]): [string, (args: Evaluated[]) => Value] => [name.toLowerCase(), run]),
]);
