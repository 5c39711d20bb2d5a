import type { Connection } from '../http/withFaults';
import type { BlobEvents } from './events';
import type { Layout } from './layout';
import { fileOf } from './layout';
import { type Node, readNode } from './node';
import { type Dialect, pathNotFound } from './refusal';
import type { Target } from './target';

/** What all operations of one lake share. */
export interface Lake {
  readonly where: Layout;
  readonly account: string;
  readonly events: BlobEvents;
  /** Runs steps that change the lake one after the other, so that a condition still holds when its write happens. */
  alone<R>(step: () => Promise<R>): Promise<R>;
}

/** One request, understood. */
export interface Call {
  readonly lake: Lake;
  readonly request: Request;
  readonly headers: Headers;
  readonly query: URLSearchParams;
  readonly target: Target;
  readonly dialect: Dialect;
  readonly connection: Connection | undefined;
}

/** The file of the call's target, and what is there now. */
export async function look({
  lake,
  target,
}: Pick<Call, 'lake' | 'target'>): Promise<{ file: string; node: Node | undefined }> {
  const file = await fileOf(lake.where, target);
  return { file, node: await readNode(lake.where, file) };
}

/** Like {@link look}, but the target has to be there. */
export async function find(call: Call): Promise<{ file: string; node: Node }> {
  const { file, node } = await look(call);
  if (!node) throw pathNotFound(call.dialect);
  return { file, node };
}
