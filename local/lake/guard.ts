import { evaluate } from './conditions';
import { checkLease } from './lease';
import type { Node } from './node';
import { conditionNotMet, Refusal } from './refusal';

/** Refuses a write whose conditions on an existing path do not hold, or whose lease id is not the path's. */
export function guardWrite(headers: Headers, node: Node): void {
  if (evaluate(headers, node) !== 'met') throw conditionNotMet();
  checkLease(node, headers.get('x-ms-lease-id'));
}

/** Refuses a read: 304 when the caller has this state already, 412 when it wanted another. */
export function guardRead(headers: Headers, node: Node): void {
  const verdict = evaluate(headers, node);
  if (verdict === 'met') return;
  if (verdict === 'failed') throw conditionNotMet();
  throw new Refusal(304, 'ConditionNotMet', 'The path has not changed.', { etag: node.etag });
}
