import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePorts, defaultPorts, portsFrom, portsIn } from '../../../../local/supervisor/freePorts';

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
  expect(portsIn([{ name: 'lake', port: 1234 }], portsFrom(9000))).toMatchObject({
    host: 9000,
    lake: 1234,
    sftp: 9009,
  });
});
