import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { orchestrations } from '../../orchestrators/all';
import type { Orchestration } from '../../orchestrators/call';
import { recorded, replay } from './history';
import { reordered, stepsOf } from './reorder';

const { defaultVersion } = (
  JSON.parse(readFileSync(join(__dirname, '../../host.json'), 'utf8')) as {
    extensions: { durableTask: { defaultVersion: string } };
  }
).extensions.durableTask;
const histories = recorded(defaultVersion);
const named = (name: string): Orchestration<unknown, unknown> => {
  const found = orchestrations.find((one) => one.name === name);
  if (found) return found;
  throw new Error(`there is no orchestrator ${name}`);
};

describe('the orchestrators of this version', () => {
  test.each(histories)('do over %s what they did when it was recorded', async (_file, history) => {
    expect(await replay(named(history.orchestrator), history)).toEqual(history.actions);
  });

  test('have a history each', () => {
    const kept = new Set(histories.map(([, { orchestrator }]) => orchestrator));
    expect(kept).toEqual(new Set(orchestrations.map(({ name }) => name)));
  });

  test.each(histories)(
    'would be found out over %s if any two of their steps changed places',
    async (_file, history) => {
      const honest = named(history.orchestrator);
      const steps = await stepsOf(honest, history);
      const places = steps.slice(1).flatMap(({ what }, at) => (what === steps[at]?.what ? [] : [at]));
      expect(places).not.toEqual([]);
      for (const place of places) {
        const turned = await replay(reordered(honest, steps, place), history).catch((error: unknown) => [
          String(error),
        ]);
        expect(turned, `${steps[place]?.what} behind ${steps[place + 1]?.what}`).not.toEqual(history.actions);
      }
    },
  );
});
