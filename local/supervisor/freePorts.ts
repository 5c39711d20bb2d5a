import { createServer } from 'node:net';

const NAMES = ['host', 'identity', 'vault', 'lake', 'adf', 'databricks', 'mail', 'tables', 'mysql', 'sftp'] as const;

export type ServiceName = (typeof NAMES)[number];
export type Ports = Record<ServiceName, number>;

const FIRST = 7400;

/** The ports that a stack takes when they are free, one after another. */
const portsFrom = (first: number): Ports => Object.fromEntries(NAMES.map((name, at) => [name, first + at])) as Ports;

export const defaultPorts = portsFrom(FIRST);

/**
 * The same from a number that somebody has set.
 * @throws Error when it is none, or one above which there is no room for all of them
 */
export function portsOf(first: string | undefined): Ports {
  if (first === undefined) return defaultPorts;
  const most = 65_535 - NAMES.length + 1;
  if (!/^[1-9]\d{0,4}$/.test(first) || Number(first) > most)
    throw new Error(`TIDEMARK_FIRST_PORT is '${first}': set it to a whole number from 1 to ${most}, or not at all.`);
  return portsFrom(Number(first));
}

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
