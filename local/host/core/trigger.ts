import type { Binding, FunctionMetadata } from './contract';

/** The one binding whose type ends in "trigger". */
export function triggerOf(metadata: FunctionMetadata): Binding & { readonly name: string } {
  const triggers = Object.entries(metadata.bindings).filter(([, b]) => b.type.toLowerCase().endsWith('trigger'));
  const [first] = triggers;
  if (first === undefined || triggers.length !== 1) {
    throw new Error(`Function "${metadata.name}" has ${triggers.length} triggers; it needs exactly one`);
  }
  return { ...first[1], name: first[0] };
}
