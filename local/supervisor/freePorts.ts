import { createServer } from 'node:net';

const NAMES = ['host', 'identity', 'vault', 'lake', 'adf', 'databricks', 'mail', 'tables', 'mysql', 'sftp'] as const;

export type ServiceName = (typeof NAMES)[number];
export type Ports = Record<ServiceName, number>;

const FIRST = 7400;

/** The ports that a stack takes when they are free, one after another. */
export const portsFrom = (first = FIRST): Ports =>
  Object.fromEntries(NAMES.map((name, at) => [name, first + at])) as Ports;

export const defaultPorts = portsFrom();

/** Listens for a moment: resolves with the port, or with null when somebody has it. */
const probe = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });

/** The wanted port of every service, or a free one where that is taken. */
export async function choosePorts(wanted: Ports): Promise<Ports> {
  const chosen: Partial<Ports> = {};
  const used = new Set<number>();
  for (const name of NAMES) {
    let port = await probe(wanted[name]);
    while (port === null || used.has(port)) port = await probe(0);
    used.add(port);
    chosen[name] = port;
  }
  return chosen as Ports;
}

/** The ports that a record of services names, another one for a service that it does not. */
export const portsIn = (services: readonly { name: string; port: number }[], otherwise = defaultPorts): Ports => ({
  ...otherwise,
  ...Object.fromEntries(services.map(({ name, port }) => [name, port])),
});
