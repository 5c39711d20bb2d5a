import { EntityId, OrchestrationRuntimeStatus } from 'durable-functions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../../../local/host/host';
import { call, running, until, withClient } from './running';

let host: Host;
beforeAll(async () => {
  host = await running();
});
afterAll(() => host.stop());

const statusOf = (id: string) => withClient(host, async (client) => (await client.getStatus(id)).runtimeStatus);
const startWaiting = async (id: string) => {
  await withClient(host, (client) => client.startNew('waits', { instanceId: id }));
  await until(async () => (await statusOf(id)) === 'Running');
};
const startFinished = (id: string) =>
  withClient(host, async (client) => {
    await client.startNew('giveBack', { instanceId: id, input: { x: 1 } });
    await host.engine.whenFinished(id);
  });

describe('every method of the durable client', () => {
  test('starting without an input gives the orchestrator an empty text', async () => {
    const status = await withClient(host, async (client) => {
      await client.startNew('giveBack', { instanceId: 'no-input' });
      await host.engine.whenFinished('no-input');
      return client.getStatus('no-input');
    });
    expect(status.output).toBe('');
  });

  test('a second start of a running id is refused, of a finished id replaces it', async () => {
    await startWaiting('twice');
    await expect(withClient(host, (client) => client.startNew('waits', { instanceId: 'twice' }))).rejects.toThrow(
      '409',
    );
    await startFinished('twice-finished');
    await startFinished('twice-finished');
    expect(await statusOf('twice-finished')).toBe('Completed');
  });

  test('starting an unknown function is refused', async () => {
    await expect(withClient(host, (client) => client.startNew('nobody'))).rejects.toThrow(
      "The function 'nobody' doesn't exist",
    );
  });

  test('the status of a finished instance has its history, results only on request', async () => {
    await withClient(host, (client) => client.startNew('chain', { instanceId: 'told', input: 2 }));
    await host.engine.whenFinished('told');
    const status = await withClient(host, (client) =>
      client.getStatus('told', { showHistory: true, showHistoryOutput: true }),
    );
    const history = (status.history ?? []) as unknown as Record<string, unknown>[];
    expect(history.map(({ EventType }) => EventType)).toEqual([
      'ExecutionStarted',
      'TaskCompleted',
      'TaskCompleted',
      'ExecutionCompleted',
    ]);
    expect(history[1]).toMatchObject({ FunctionName: 'noop', ScheduledTime: expect.any(String), Result: null });
    await expect(statusOf('missing')).rejects.toThrow('404');
  });

  test('events reach a running instance, are ignored by a finished one, and fail for a missing one', async () => {
    await startWaiting('event');
    await withClient(host, (client) => client.raiseEvent('event', 'go', { n: 1 }));
    await host.engine.whenFinished('event');
    expect(await withClient(host, async (client) => (await client.getStatus('event')).output)).toEqual({ n: 1 });
    await withClient(host, (client) => client.raiseEvent('event', 'go', 2));
    await expect(withClient(host, (client) => client.raiseEvent('missing', 'go', 2))).rejects.toThrow(
      "No instance with ID 'missing'",
    );
    await startWaiting('numeric');
    await expect(withClient(host, (client) => client.raiseEvent('numeric', '0', 2))).rejects.toThrow('purely numeric');
  });

  test('an event without data is undefined', async () => {
    await startWaiting('empty-event');
    await withClient(host, (client) => client.raiseEvent('empty-event', 'go', undefined));
    await host.engine.whenFinished('empty-event');
    expect(await statusOf('empty-event')).toBe('Completed');
  });

  test('terminate ends a running instance with the reason as its output', async () => {
    await startWaiting('ended');
    await withClient(host, (client) => client.terminate('ended', 'enough'));
    const status = await withClient(host, (client) => client.getStatus('ended'));
    expect(status).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
    await withClient(host, (client) => client.terminate('ended', 'again'));
    await expect(withClient(host, (client) => client.terminate('missing', ''))).rejects.toThrow('No instance');
  });

  test('a suspended instance takes events and goes on when it is resumed', async () => {
    await startWaiting('held');
    await withClient(host, (client) => client.suspend('held', 'wait'));
    expect(await statusOf('held')).toBe('Suspended');
    await withClient(host, (client) => client.raiseEvent('held', 'go', 'x'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await statusOf('held')).toBe('Suspended');
    await withClient(host, (client) => client.resume('held', 'go on'));
    await host.engine.whenFinished('held');
    expect(await statusOf('held')).toBe('Completed');
    await expect(withClient(host, (client) => client.suspend('missing', ''))).rejects.toThrow('No instance');
    await expect(withClient(host, (client) => client.resume('missing', ''))).rejects.toThrow('No instance');
  });

  test('rewind is refused: not failed, not there, not imitated', async () => {
    await startFinished('fine');
    await expect(withClient(host, (client) => client.rewind('fine', 'r'))).rejects.toThrow('only supported on failed');
    await expect(withClient(host, (client) => client.rewind('missing', 'r'))).rejects.toThrow('No instance');
    await withClient(host, (client) => client.startNew('emptyError', { instanceId: 'failed' }));
    await host.engine.whenFinished('failed');
    await expect(withClient(host, (client) => client.rewind('failed', 'r'))).rejects.toThrow('not imitated');
  });

  test('purging removes finished instances alone', async () => {
    await startFinished('old');
    await startWaiting('young');
    const purge = (id: string) => withClient(host, (client) => client.purgeInstanceHistory(id));
    expect(await purge('old')).toEqual({ instancesDeleted: 1 });
    expect(await purge('young')).toEqual({ instancesDeleted: 0 });
    expect(await purge('missing')).toEqual({ instancesDeleted: 0 });
    await startFinished('older');
    const all = await withClient(host, (client) =>
      client.purgeInstanceHistoryBy({
        createdTimeFrom: new Date(0),
        runtimeStatus: [OrchestrationRuntimeStatus.Completed],
      }),
    );
    expect(all.instancesDeleted).toBeGreaterThan(0);
    expect(await statusOf('young')).toBe('Running');
    await expect(statusOf('older')).rejects.toThrow('404');
  });

  test('lists filter by status, and go on over pages', async () => {
    await startWaiting('listed-a');
    await startWaiting('listed-b');
    const running = await withClient(host, (client) =>
      client.getStatusBy({ runtimeStatus: [OrchestrationRuntimeStatus.Running] }),
    );
    expect(running.map(({ instanceId }) => instanceId)).toEqual(expect.arrayContaining(['listed-a', 'listed-b']));
    expect(await withClient(host, async (client) => (await client.getStatusAll()).length)).toBe(
      host.engine.hub.state.instances.size,
    );
    const first = await fetch(`${host.rpcBaseUrl}instances/?top=1&instanceIdPrefix=listed`);
    const token = first.headers.get('x-ms-continuation-token') ?? '';
    const second = await fetch(`${host.rpcBaseUrl}instances/?top=1&instanceIdPrefix=listed`, {
      headers: { 'x-ms-continuation-token': token },
    });
    const ids = [
      ...((await first.json()) as { instanceId: string }[]),
      ...((await second.json()) as { instanceId: string }[]),
    ];
    expect(ids.map(({ instanceId }) => instanceId)).toEqual(['listed-a', 'listed-b']);
    expect(second.headers.get('x-ms-continuation-token')).toBeNull();
  });

  test('entities are refused by name', async () => {
    await expect(
      withClient(host, (client) => client.signalEntity(new EntityId('counter', 'a'), 'add', 1)),
    ).rejects.toThrow('not imitated');
    await expect(withClient(host, (client) => client.readEntityState(new EntityId('counter', 'a')))).rejects.toThrow(
      '501',
    );
  });

  test('the links of a start lead through the HTTPS port', async () => {
    const reply = await call(`${host.url}/api/started/waits`, { method: 'POST' });
    expect(reply.status).toBe(202);
    const links = JSON.parse(reply.body.toString()) as Record<string, string>;
    expect(links['statusQueryGetUri']?.startsWith(`${host.url}/runtime/webhooks/durabletask/instances/`)).toBe(true);
    const status = await call(links['statusQueryGetUri'] ?? '');
    expect([status.status, JSON.parse(status.body.toString()).name]).toEqual([202, 'waits']);
    expect((await call(links['terminatePostUri']?.replace('{text}', 'bye') ?? '', { method: 'POST' })).status).toBe(
      202,
    );
    expect((await call(links['statusQueryGetUri'] ?? '')).status).toBe(200);
  });

  test('a restart runs the same function on the same input', async () => {
    await startFinished('once');
    const reply = await fetch(`${host.rpcBaseUrl}instances/once/restart`, { method: 'POST' });
    const { id } = (await reply.json()) as { id: string };
    expect(id).not.toBe('once');
    await host.engine.whenFinished(id);
    expect(await withClient(host, async (client) => (await client.getStatus(id)).output)).toEqual({ x: 1 });
  });
});
