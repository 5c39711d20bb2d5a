/** The library's own way to make a function of an orchestrator, which it uses for every one that is registered. */
declare module 'durable-functions/lib/src/util/testingUtils' {
  import type { OrchestrationHandler } from 'durable-functions';
  export function createOrchestrator(fn: OrchestrationHandler): (trigger: unknown, context: never) => Promise<unknown>;
}
