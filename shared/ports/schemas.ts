import type { SourceSchema } from '../contracts/schema';

/** What each source was when a window last landed, or as a person accepted it. Written under the source's lease alone. */
export interface Schemas {
  get(source: string): Promise<SourceSchema | null>;
  put(schema: SourceSchema): Promise<void>;
}
