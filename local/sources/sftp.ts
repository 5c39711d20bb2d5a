import { createConnection } from 'node:net';

/** Whether an SSH server greets on this loopback port. */
export const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('data', (bytes) => end(bytes.toString('latin1').startsWith('SSH-2.0')));
  });
