import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Layout } from '../supervisor/layout';
import { Fault } from './fault';
import { unconnected } from './unconnected';

/** How a program of the checkout ended, and what it wrote to standard output. */
export interface Ended {
  readonly code: number;
  readonly out: string;
}

/** Runs a built program of this checkout against the stack; what it says on standard error goes to the terminal. */
export async function tool(
  layout: Layout,
  script: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(layout.root, 'dist', script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...unconnected(process.env), TIDEMARK_STATE: layout.state, NODE_EXTRA_CA_CERTS: layout.ca, ...more },
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
  return { code, out };
}

/**
 * Runs a command of the command line that prints JSON. It is a process of its own since the local Azure knows the
 * product over HTTPS alone.
 * @throws Fault when it ends with a code that is not among `fine`
 */
export async function ask(layout: Layout, args: readonly string[], fine: readonly number[] = [0]): Promise<unknown> {
  const { code, out } = await tool(layout, 'cli/main.js', [...args, '--output', 'json']);
  if (!fine.includes(code)) {
    throw new Fault(code, 'DEMO_STEP', `tidemark ${args.join(' ')} ended with ${code}.`, 'Read the messages above.');
  }
  return JSON.parse(out);
}
