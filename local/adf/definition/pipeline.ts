import { z } from 'zod';
import { DatasetReference, Dynamic, LinkedServiceReference, Parameters, reference } from './dynamic';
import { Work } from './work';

const Policy = z.strictObject({
  timeout: z.union([Dynamic, z.string()]).optional(),
  retry: z.union([Dynamic, z.number().int().nonnegative()]).optional(),
  retryIntervalInSeconds: z.number().int().min(30).max(86_400).optional(),
  secureInput: z.boolean().optional(),
  secureOutput: z.boolean().optional(),
});

/** https://learn.microsoft.com/azure/data-factory/concepts-pipelines-activities */
const ActivityName = z
  .string()
  .max(55)
  .regex(
    /^[\p{L}\p{N}_][^.+?/<>*%&:\\]*$/u,
    'the name of an activity begins with a letter, a number or _, and has none of . + ? / < > * % & : \\',
  );

const Common = {
  name: ActivityName,
  description: z.string().optional(),
  dependsOn: z
    .array(
      z.strictObject({
        activity: z.string(),
        dependencyConditions: z.array(z.enum(['Succeeded', 'Failed', 'Skipped', 'Completed'])).min(1),
      }),
    )
    .default([]),
  userProperties: z.array(z.strictObject({ name: z.string(), value: z.unknown() })).default([]),
  policy: Policy.default({}),
};

const Expression = z.strictObject({ value: z.string(), type: z.literal('Expression') });
// Typed loosely, since a schema cannot infer its own type; `inside` gives the activities their type back.
const Inner: z.ZodType<unknown[]> = z.array(z.lazy((): z.ZodType => Shapes));

const containers = {
  ForEach: z.strictObject({
    items: Expression,
    isSequential: z.boolean().default(false),
    batchCount: z.number().int().min(1).max(50).optional(),
    activities: Inner,
  }),
  IfCondition: z.strictObject({
    expression: Expression,
    ifTrueActivities: Inner.default([]),
    ifFalseActivities: Inner.default([]),
  }),
  Switch: z.strictObject({
    on: Expression,
    cases: z.array(z.strictObject({ value: z.string(), activities: Inner })).default([]),
    defaultActivities: Inner.default([]),
  }),
  Until: z.strictObject({
    expression: Expression,
    timeout: z.union([Dynamic, z.string()]).optional(),
    activities: Inner,
  }),
};

const controls = {
  SetVariable: z.strictObject({
    variableName: z.string(),
    value: z.unknown(),
    setSystemVariable: z.boolean().default(false),
  }),
  AppendVariable: z.strictObject({ variableName: z.string(), value: z.unknown() }),
  Filter: z.strictObject({ items: Expression, condition: Expression }),
  ExecutePipeline: z.strictObject({
    pipeline: reference('PipelineReference'),
    parameters: z.record(z.string(), z.unknown()).default({}),
    waitOnCompletion: z.boolean().default(false),
  }),
};

const of = <K extends string, T extends z.ZodType>(type: K, typeProperties: T) =>
  z.strictObject({ ...Common, type: z.literal(type), typeProperties });
const work = <K extends keyof typeof Work.design>(type: K) =>
  z.strictObject({
    ...Common,
    type: z.literal(type),
    typeProperties: Work.design[type] as z.ZodType,
    inputs: z.array(DatasetReference).default([]),
    outputs: z.array(DatasetReference).default([]),
    linkedServiceName: LinkedServiceReference.optional(),
  });

const Shapes = z.discriminatedUnion('type', [
  work('Copy'),
  work('Lookup'),
  work('GetMetadata'),
  work('Delete'),
  work('WebActivity'),
  work('Wait'),
  work('Fail'),
  of('ForEach', containers.ForEach),
  of('IfCondition', containers.IfCondition),
  of('Switch', containers.Switch),
  of('Until', containers.Until),
  of('SetVariable', controls.SetVariable),
  of('AppendVariable', controls.AppendVariable),
  of('Filter', controls.Filter),
  of('ExecutePipeline', controls.ExecutePipeline),
]);
export type Activity = z.infer<typeof Shapes>;
export type ActivityOf<K extends Activity['type']> = Extract<Activity, { type: K }>;

/** Activities inside a container, already checked together with it. */
export const inside = (activities: unknown[]): Activity[] => activities as Activity[];

/** A pipeline, with every activity type that the local factory runs; anything else is refused. */
export const Pipeline = z.strictObject({
  description: z.string().optional(),
  parameters: Parameters.default({}),
  variables: z
    .record(
      z.string(),
      z.strictObject({
        type: z.enum(['String', 'Bool', 'Boolean', 'Integer', 'Array']),
        defaultValue: z.unknown().optional(),
      }),
    )
    .default({}),
  activities: z.array(Shapes),
  concurrency: z.number().int().min(1).optional(),
  policy: z.unknown().optional(),
  folder: z.strictObject({ name: z.string() }).optional(),
  annotations: z.array(z.unknown()).optional(),
});
export type Pipeline = z.infer<typeof Pipeline>;
