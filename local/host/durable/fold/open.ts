import { type ChildTask, type Hub, type Instance, isFinished, type Task } from '../model';
import { acceptTask } from './accept';
import { begin } from './begin';
import type { Effects } from './effects';
import { scheduled } from './history';

/** Opens a task under an id. A child instance is created with it, so neither can exist without the other. */
export function openTask(
  hub: Hub,
  instance: Instance,
  id: number,
  task: Task,
  root: number,
  at: string,
  effects: Effects,
): void {
  const opened = task.kind === 'child' ? { ...task, instanceId: childId(instance, id, task) } : task;
  instance.open.set(id, { task: opened, root });
  instance.history.push(scheduled(id, opened, at));
  if (opened.kind === 'child') startChild(hub, instance, id, opened, at, effects);
  else effects.opened(instance, id, { task: opened, root });
}

const childId = (parent: Instance, id: number, task: ChildTask): string =>
  task.instanceId ?? `${parent.id}:${parent.generation.toString(16)}:${id.toString(16)}`;

function startChild(
  hub: Hub,
  parent: Instance,
  task: number,
  child: ChildTask & { instanceId: string },
  at: string,
  effects: Effects,
): void {
  const { instanceId } = child;
  const link = { id: parent.id, generation: parent.generation, task };
  const present = hub.instances.get(instanceId);
  if (present !== undefined && !isFinished(present)) {
    const reason = `An instance with ID '${instanceId}' already exists and is ${present.status}; a sub-orchestration needs an id of its own.`;
    acceptTask(hub, { ...link, outcome: { kind: 'failed', reason, details: '' }, at }, effects);
    return;
  }
  begin(
    hub,
    {
      t: 'new',
      id: instanceId,
      name: child.name,
      input: child.input ?? 'null',
      at,
      parent: link,
      ...(child.version === undefined ? {} : { version: child.version }),
      ...(parent.trace === undefined ? {} : { trace: parent.trace }),
    },
    effects,
  );
}
