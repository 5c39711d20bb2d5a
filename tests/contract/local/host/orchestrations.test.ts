import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../../../local/host/host';
import { lines, outcome, running, until } from './running';

let host: Host;
beforeAll(async () => {
  host = await running();
});
afterAll(() => host.stop());

const values = ['abc', '123', '', 0, 1.5, true, [], [1, 'x'], { a: { b: null } }, null];
const runs = (id: string): number =>
  host.engine.hub.state.instances.get(id)?.history.filter(({ EventType }) => EventType === 12).length ?? 0;
const activityRuns = (): Map<string, number> =>
  (globalThis as unknown as { activityRuns: Map<string, number> }).activityRuns;
const post = (path: string, body?: unknown) =>
  fetch(`${host.rpcBaseUrl}${path}`, { method: 'POST', body: body === undefined ? '' : JSON.stringify(body) });
const status = async (id: string) =>
  (await fetch(`${host.rpcBaseUrl}instances/${id}`)).json() as Promise<Record<string, unknown>>;

describe('the local host runs orchestrations through the real library', () => {
  test('every JSON type arrives as it was passed, through activities, children and results', async () => {
    expect(await outcome(host, 'encodings')).toEqual({
      activities: values.map((value) => ({ type: value === null ? 'undefined' : typeof value, value })),
      same: values,
      children: values,
    });
  });

  test('continueAsNew hands over objects as they are and strings with the quotes which the library adds', async () => {
    expect(await outcome(host, 'again', { left: 3, seen: [] })).toEqual({ left: 0, seen: [3, 2, 1] });
    expect(await outcome(host, 'again', 'first')).toBe('"second"');
  });

  test('a retry that is exhausted fails the task, and the ids after it still fit', async () => {
    const result = await outcome(host, 'exhausted', { key: 'exhausted' });
    expect(result).toMatchObject({ after: 'after', healed: 'ok after 3' });
    expect(result).toMatchObject({
      message: expect.stringContaining("Activity function 'failTimes' failed: planned failure 3"),
    });
    expect(activityRuns().get('exhausted')).toBe(3);
  });

  test('any and then all over the same retried tasks runs each of them as often as it needs', async () => {
    const all = ['ok after 2', 'ok after 3', 'ok after 1', 'ok after 2'];
    expect(await outcome(host, 'anyThenAll', { key: 'mix' })).toEqual({ between: 'between', all, last: 'last' });
    expect([1, 2, 3, 4].map((n) => activityRuns().get(`mix ${n}`))).toEqual([2, 3, 1, 2]);
  });

  test('a window over many activities runs each exactly once', async () => {
    expect(await outcome(host, 'window', { count: 200, size: 10 })).toBe(39_800);
    const counts = Array.from({ length: 200 }, (_, n) => activityRuns().get(`double ${n}`));
    expect(counts).toEqual(Array.from({ length: 200 }, () => 1));
  });

  test('an event polled against timers is seen once, and the next one of its name is not lost', async () => {
    await post('orchestrators/polledEvent/polled');
    await until(() => runs('polled') > 4);
    // The second arrives before anybody waits for it: ungated, the library gives it to a stale registration of the first wait.
    await post('instances/polled/suspend');
    await post('instances/polled/raiseEvent/news', 'one');
    await post('instances/polled/raiseEvent/news', 'two');
    await post('instances/polled/resume');
    await until(async () => (await status('polled'))['runtimeStatus'] === 'Completed');
    expect((await status('polled'))['output']).toEqual({ first: 'one', second: 'two', polledMoreThanOnce: true });
  });

  test('an event raised before anybody waits is kept', async () => {
    await post('orchestrators/waits/early');
    await post('instances/early/raiseEvent/go', { at: 1 });
    await until(async () => (await status('early'))['runtimeStatus'] === 'Completed');
    expect((await status('early'))['output']).toEqual({ at: 1 });
  });

  test('a fan-out of ten thousand takes two orchestrator runs', async () => {
    // The activities end over many turns of the event loop; without the wake rule each turn would cause a run.
    await post('orchestrators/fanOut/wide', 10_000);
    await host.engine.whenFinished('wide');
    expect((await status('wide'))['output']).toBe(49_995_000);
    expect(runs('wide')).toBe(2);
  });

  test('the version comes from the start, or else from host.json', async () => {
    expect(await outcome(host, 'myVersion', null, '&version=7')).toBe('7');
    expect(await outcome(host, 'versioned')).toEqual({ own: '2.1', child: '2.1' });
  });

  test('a failed sub-orchestration is thrown at its parent, and retried with a fixed id', async () => {
    expect(await outcome(host, 'parentOfFailing')).toContain("Orchestrator function 'fails' failed");
    expect(await outcome(host, 'childRetried')).toBe('ok after 3');
  });

  test('an error without a message fails the instance instead of leaving it waiting', async () => {
    expect(await outcome(host, 'emptyError')).toMatchObject({
      runtimeStatus: 'Failed',
      output: "Orchestrator function 'emptyError' failed: ",
    });
  });

  test.each([
    ['callsEntity', 'callEntity is not imitated'],
    ['callsHttp', 'callHttp is not imitated'],
    ['callsNobody', "The function 'nobody' doesn't exist"],
  ])('%s fails by name', async (name, text) => {
    expect(await outcome(host, name)).toMatchObject({ runtimeStatus: 'Failed', output: expect.stringContaining(text) });
  });

  test('code that takes another way on replay fails the instance and says what differed', async () => {
    await post('orchestrators/fickle/fickle');
    await until(() => runs('fickle') === 2);
    Object.assign(globalThis, { fickleName: 'noop' });
    await post('instances/fickle/raiseEvent/go', 1);
    await host.engine.whenFinished('fickle');
    expect((await status('fickle'))['output']).toContain(
      'step 1 was "activity same" when it first ran and is "activity noop" on replay',
    );
  });

  test('a line logged by replayed code appears once', async () => {
    lines.length = 0;
    await post('orchestrators/logs/logs');
    await host.engine.whenFinished('logs');
    const own = lines.map((line) => JSON.parse(line)).filter(({ category }) => category === 'Function.logs.User');
    expect(own.map(({ message }) => message)).toEqual(['before', 'after']);
    expect(own[0]).toMatchObject({
      level: 'information',
      functionName: 'logs',
      instanceId: 'logs',
      invocationId: expect.any(String),
    });
  });
});
