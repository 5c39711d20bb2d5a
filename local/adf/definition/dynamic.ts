import { z } from 'zod';

/** An expression object, or a string that is or holds an expression. */
export const Dynamic = z.union([
  z.strictObject({ value: z.string(), type: z.literal('Expression') }),
  z.string().refine((text) => text.startsWith('@') || text.includes('@{'), { error: 'no expression', abort: true }),
]);

/** Makes one leaf of a shape: at design time an expression may stand in its place, at run time only the value. */
export type Leaf = <T extends z.ZodType>(schema: T) => T;

/**
 * The two readings of one shape. The design reading checks names and kinds of a stored definition; the run reading
 * types what is left after every expression was evaluated.
 */
export function readings<S>(shape: (leaf: Leaf) => S): { design: S; run: S } {
  const design: Leaf = <T extends z.ZodType>(schema: T) =>
    z.union([Dynamic, schema], { error: faultOfValue }) as unknown as T;
  return { design: shape(design), run: shape((schema) => schema) };
}

/** Of a leaf that is neither expression nor value, what is wrong with the value. */
function faultOfValue(issue: { code?: string; errors?: readonly { message: string }[][] }): string | undefined {
  if (issue.code !== 'invalid_union') return undefined;
  return (issue.errors?.at(-1) ?? []).map(({ message }) => message).join('; ');
}

/** A reference to another definition by name. */
export const reference = <K extends string>(kind: K) =>
  z.strictObject({
    referenceName: z.string(),
    type: z.literal(kind),
    parameters: z.record(z.string(), z.unknown()).optional(),
  });

export const DatasetReference = reference('DatasetReference');
export const LinkedServiceReference = reference('LinkedServiceReference');
export type DatasetReference = z.infer<typeof DatasetReference>;
export type LinkedServiceReference = z.infer<typeof LinkedServiceReference>;

/** Parameters as pipelines, data sets and linked services declare them. */
export const Parameters = z.record(
  z.string(),
  z.strictObject({
    type: z.string().regex(/^(string|secureString|int|float|bool|array|object)$/i, 'no type of a parameter'),
    defaultValue: z.unknown().optional(),
  }),
);
export type Parameters = z.infer<typeof Parameters>;
