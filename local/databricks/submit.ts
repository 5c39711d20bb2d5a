import { z } from 'zod';
import { CLUSTER_ID, TASKS_IN_A_RUN, TOKEN_LENGTH } from './limits';

const NotebookTask = z.strictObject({
  notebook_path: z.string().min(1),
  base_parameters: z.record(z.string(), z.string()).default({}),
  source: z.literal('WORKSPACE').default('WORKSPACE'),
});

const Task = z.strictObject({
  task_key: z.string().regex(/^[\w-]{1,100}$/),
  description: z.string().optional(),
  existing_cluster_id: z.literal(CLUSTER_ID, `the only cluster here is ${CLUSTER_ID}`),
  notebook_task: NotebookTask,
  depends_on: z.array(z.strictObject({ task_key: z.string() })).default([]),
  timeout_seconds: z.number().int().min(0).default(0),
});

/**
 * Body of `runs/submit`; a member that is not imitated is refused by its name.
 * https://docs.databricks.com/api/azure/workspace/jobs/submit
 */
export const Submit = z
  .strictObject({
    run_name: z.string().default('Untitled'),
    idempotency_token: z.string().min(1).max(TOKEN_LENGTH).optional(),
    queue: z.strictObject({ enabled: z.boolean() }).default({ enabled: false }),
    timeout_seconds: z.number().int().min(0).default(0),
    tasks: z.array(Task).min(1).max(TASKS_IN_A_RUN),
  })
  .superRefine(({ tasks }, context) => {
    const earlier = new Set<string>();
    const all = tasks.map((task) => task.task_key);
    if (new Set(all).size !== all.length) context.addIssue('two tasks have the same task_key');
    // Peeling off what can run next leaves only cycles and unknown names.
    for (let left = tasks; left.length > 0; ) {
      const next = left.filter((task) => task.depends_on.every((before) => earlier.has(before.task_key)));
      if (next.length === 0) {
        context.addIssue(`depends_on of ${left[0]?.task_key} names an unknown task or closes a cycle`);
        return;
      }
      for (const task of next) earlier.add(task.task_key);
      left = left.filter((task) => !earlier.has(task.task_key));
    }
  });

export type Submit = z.infer<typeof Submit>;
