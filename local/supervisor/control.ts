import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What others may ask of the supervisor. */
export interface Commands {
  start(name: string): Promise<void>;
  stop(name: string): Promise<void>;
  down(): Promise<void>;
}

/**
 * Takes commands on a loopback port, from callers that know the token.
 * @returns its base URL
 */
export async function listenForCommands(token: string, commands: Commands): Promise<string> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string) => response.writeHead(status).end(text);
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, 'the token is missing or wrong');
    const [, verb = '', name = ''] = /^\/(start|stop|down)(?:\/([a-z]+))?$/.exec(request.url ?? '') ?? [];
    if (request.method !== 'POST' || verb === '') return answer(404, 'no such command');
    const act = verb === 'down' ? commands.down() : verb === 'start' ? commands.start(name) : commands.stop(name);
    act.then(
      () => answer(200, 'done'),
      (error: unknown) => answer(409, error instanceof Error ? error.message : String(error)),
    );
    return undefined;
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Sends one command to a running supervisor.
 * @throws Error with the supervisor's own words when it refuses
 */
export async function command(control: string, token: string, path: string): Promise<void> {
  const response = await fetch(`${control}/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(await response.text());
}
