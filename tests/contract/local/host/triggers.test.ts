import { beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../../../local/host/host';
import { call, running, until } from './running';

interface Seen {
  readonly name: string;
  readonly timer?: { isPastDue: boolean; schedule?: object; scheduleStatus?: { last: string; next: string } };
  readonly event?: { id: string };
}
const seen = (): Seen[] => (globalThis as unknown as { triggered: Seen[] }).triggered;
const of = (name: string) => seen().filter((entry) => entry.name === name);

let host: Host & { state: string };
beforeAll(async () => {
  host = await running();
  return () => host.stop();
});

const hook = (type: string, body: unknown, name = 'landed') =>
  call(`${host.url}/runtime/webhooks/EventGrid?functionName=${name}`, {
    method: 'POST',
    headers: { 'aeg-event-type': type, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('triggers of the local host', () => {
  test('a frequent timer fires on its schedule without a monitor', async () => {
    const before = of('everySecond').length;
    await until(() => of('everySecond').length >= before + 2);
    expect(of('everySecond').at(-1)?.timer).toMatchObject({ isPastDue: false });
    expect(of('everySecond').at(-1)?.timer?.scheduleStatus ?? null).toBeNull();
  });

  test('a function is run by hand', async () => {
    expect((await call(`${host.url}/admin/functions/hourly`, { method: 'POST', body: '{}' })).status).toBe(202);
    await until(() => of('hourly').length === 1);
    expect(of('hourly')[0]?.timer?.scheduleStatus).toMatchObject({ last: '0001-01-01T00:00:00+00:00' });
    expect((await call(`${host.url}/admin/functions/nobody`, { method: 'POST' })).status).toBe(404);
    expect((await call(`${host.url}/admin/functions/hello`, { method: 'POST' })).status).toBe(400);
  });

  test('an occurrence missed while the host was down is caught up by one run, once', async () => {
    const runs = of('hourly').length;
    const threeHoursAgo = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3 * 3_600_000);
    const oneHourLater = new Date(threeHoursAgo.getTime() + 3_600_000).toISOString();
    const missed = {
      schedule: '0 0 * * * *',
      last: threeHoursAgo.toISOString(),
      next: oneHourLater,
      updated: threeHoursAgo.toISOString(),
    };
    await host.engine.hub.commit({ t: 'value', key: 'timer hourly', value: missed });
    await host.stop();
    host = await running({ state: host.state });
    await until(() => of('hourly').length === runs + 1);
    expect(of('hourly').at(-1)?.timer?.isPastDue).toBe(true);
    await until(() => (host.engine.hub.state.values.get('timer hourly') as typeof missed).last !== missed.last);
    await host.stop();
    host = await running({ state: host.state });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(of('hourly')).toHaveLength(runs + 1);
  });

  test('an edited schedule does not catch up', async () => {
    const runs = of('hourly').length;
    const longAgo = new Date(Date.now() - 86_400_000).toISOString();
    await host.engine.hub.commit({
      t: 'value',
      key: 'timer hourly',
      value: { schedule: '0 30 * * * *', last: longAgo, next: longAgo, updated: longAgo },
    });
    await host.stop();
    host = await running({ state: host.state });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(of('hourly')).toHaveLength(runs);
  });

  test('the Event Grid handshake answers the validation code', async () => {
    const reply = await hook('SubscriptionValidation', [{ id: '1', data: { validationCode: 'abc' } }]);
    expect([reply.status, JSON.parse(reply.body.toString())]).toEqual([200, { validationResponse: 'abc' }]);
  });

  test('every event of a notification runs the function; one failure answers 500 for the batch', async () => {
    expect(
      (
        await hook('Notification', [
          { id: 'a', data: {} },
          { id: 'b', data: {} },
        ])
      ).status,
    ).toBe(202);
    expect(of('landed').map(({ event }) => event?.id)).toEqual(['a', 'b']);
    expect(
      (
        await hook('Notification', [
          { id: 'c', data: { fail: true } },
          { id: 'd', data: {} },
        ])
      ).status,
    ).toBe(500);
    expect((await hook('Notification', { id: 'e', data: {} })).status).toBe(202);
    expect(of('landed').map(({ event }) => event?.id)).toEqual(['a', 'b', 'd', 'e']);
  });

  test('an unknown function, event type or body is refused', async () => {
    expect((await hook('Notification', [], 'nobody')).status).toBe(404);
    expect((await hook('Surprise', [])).status).toBe(400);
    expect((await hook('Unsubscribe', [])).status).toBe(202);
    expect((await hook('SubscriptionValidation', [])).status).toBe(400);
  });
});
