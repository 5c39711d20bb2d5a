import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOrchestrator } from 'durable-functions/lib/src/util/testingUtils';
import type { Action } from '../../local/host/durable/actions';
import { isReplayed } from '../../local/host/durable/fold/history';
import type { HistoryEvent, Instance } from '../../local/host/durable/model';
import { signature } from '../../local/host/durable/signature';
import type { Orchestration } from '../../orchestrators/call';

const FOLDER = join(__dirname, 'histories');
const ROOT = join(__dirname, '../../');

/** What an instance was asked, what happened to it, and what its orchestrator did about it. */
export interface Recorded {
  readonly orchestrator: string;
  readonly id: string;
  readonly input: unknown;
  readonly history: readonly HistoryEvent[];
  /** The actions in their order, in short. */
  readonly actions: readonly string[];
}

/** Plays an orchestrator over a history, through the library that replays it in Azure. */
export async function replay(
  orchestration: Orchestration<unknown, unknown>,
  { id, input, history }: Pick<Recorded, 'id' | 'input' | 'history'>,
): Promise<string[]> {
  const played = createOrchestrator(function* (context) {
    return yield* orchestration.run(context, orchestration.input.parse(context.df.getInput()));
  });
  const trigger = {
    history: structuredClone(history),
    input,
    instanceId: id,
    isReplaying: true,
    parentInstanceId: null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    maximumShortTimerDuration: '36500.00:00:00',
    longRunningTimerIntervalDuration: '3.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  };
  const state = (await played(trigger, { df: undefined } as never)) as { actions: Action[][]; isDone: boolean };
  return [...(state.actions[0] ?? []).map(signature), state.isDone ? 'done' : 'waiting'];
}

/** The histories of a version, by file name. */
export const recorded = (version: string): [string, Recorded][] =>
  readdirSync(join(FOLDER, version)).map((name) => [
    name,
    JSON.parse(readFileSync(join(FOLDER, version, name), 'utf8')) as Recorded,
  ]);

export async function record(
  version: string,
  name: string,
  orchestration: Orchestration<unknown, unknown>,
  { id, input, history }: Instance,
): Promise<void> {
  const past = history.filter(isReplayed).filter(({ EventType }) => EventType !== 1);
  const of = { id, input: JSON.parse(input) as unknown, history: past };
  const actions = await replay(orchestration, of);
  mkdirSync(join(FOLDER, version), { recursive: true });
  const file = join(FOLDER, version, `${name}.json`);
  const text = JSON.stringify({ orchestrator: orchestration.name, ...of, actions }, null, 2);
  // The stack of an error names files of this project, wherever it lies.
  writeFileSync(file, `${text.replaceAll(ROOT, '')}\n`);
}
