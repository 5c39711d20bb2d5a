/** A reference from one definition to another. */
export interface Reference {
  readonly kind: 'DatasetReference' | 'LinkedServiceReference' | 'PipelineReference';
  readonly name: string;
  readonly parameters: readonly string[];
}

const KINDS = ['DatasetReference', 'LinkedServiceReference', 'PipelineReference'];

/** Every reference inside a definition, at any depth. */
export function referencesIn(json: unknown): Reference[] {
  if (typeof json !== 'object' || json === null) return [];
  const { referenceName, type, parameters } = json as Record<string, unknown>;
  const inner = Object.values(json).flatMap(referencesIn);
  if (typeof referenceName !== 'string' || typeof type !== 'string' || !KINDS.includes(type)) return inner;
  return [
    { kind: type as Reference['kind'], name: referenceName, parameters: Object.keys(parameters ?? {}) },
    ...inner,
  ];
}
