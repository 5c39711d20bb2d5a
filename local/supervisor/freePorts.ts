import { createServer } from 'node:net';

/** The ports that a stack takes when they are free. */
export const defaultPorts = {
  host: 7400,
  identity: 7401,
  vault: 7402,
  lake: 7403,
  adf: 7404,
  databricks: 7405,
  mail: 7406,
  tables: 7407,
  mysql: 7408,
  sftp: 7409,
} as const;

export type ServiceName = keyof typeof defaultPorts;
export type Ports = Record<ServiceName, number>;

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
export async function choosePorts(wanted: Partial<Ports>): Promise<Ports> {
  const names = Object.keys(defaultPorts) as ServiceName[];
  const chosen: Partial<Ports> = {};
  const used = new Set<number>();
  for (const name of names) {
    let port = await probe(wanted[name] ?? defaultPorts[name]);
    while (port === null || used.has(port)) port = await probe(0);
    used.add(port);
    chosen[name] = port;
  }
  return chosen as Ports;
}

/** The ports that a record of services names, the default for one that it does not. */
export const portsIn = (services: readonly { name: string; port: number }[]): Ports => ({
  ...defaultPorts,
  ...Object.fromEntries(services.map(({ name, port }) => [name, port])),
});
