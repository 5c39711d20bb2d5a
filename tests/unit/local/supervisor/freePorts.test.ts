import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePorts, defaultPorts, portsIn, portsOf } from '../../../../local/supervisor/freePorts';

test('a port that somebody has is replaced by a free one, and no two services share one', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const chosen = await choosePorts({ ...defaultPorts, host: port, vault: port });
  taken.close();
  expect(chosen.host).not.toBe(port);
  expect(chosen.vault).not.toBe(port);
  expect(new Set(Object.values(chosen)).size).toBe(Object.keys(defaultPorts).length);
});

test('the ports of a record go before those that were asked for', () => {
  expect(portsIn([{ name: 'lake', port: 1234 }])).toEqual({ ...defaultPorts, lake: 1234 });
  expect(portsIn([{ name: 'lake', port: 1234 }], portsOf('9000'))).toMatchObject({
    host: 9000,
    lake: 1234,
    sftp: 9009,
  });
});

test('a first port that is none, or leaves no room for the others, is refused with what to set', () => {
  expect(portsOf('7500')).toMatchObject({ host: 7500, sftp: 7509 });
  expect(portsOf('65526').sftp).toBe(65_535);
  for (const first of ['', 'abc', '0', '-1', '75.5', '65527', '99999'])
    expect(() => portsOf(first)).toThrow(`TIDEMARK_FIRST_PORT is '${first}': set it to a whole number from 1 to 65526`);
});
