import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unconnected } from '../../local/cli/unconnected';
import { layoutOf } from '../../local/supervisor/layout';
import { type Secrets, secretsOf } from '../../local/supervisor/secrets';
import { holding } from './holding';
import { quietYaml } from './shop';

const ROOT = join(__dirname, '../..');

/** How a command of the launcher ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A local Azure of its own, as real processes on free ports, driven through the launcher as a person would. */
export interface TestStack {
  readonly state: string;
  /** Runs the launcher; never rejects for an exit code. */
  tidemark(...args: string[]): Promise<Ended>;
  /** Runs the launcher with a text on standard input. */
  input(text: string, ...args: string[]): Promise<Ended>;
  /** Runs a command that prints JSON. @throws Error with all it said unless it ends with 0 */
  json(...args: string[]): Promise<unknown>;
  /** What `status --env` exports. */
  environment(): Promise<Record<string, string>>;
  /** What the stack has made up for itself. */
  secrets(): Promise<Secrets>;
  /** Files below a folder of the state that hold a text, relative to the state. */
  holding(text: string, folder: string): Promise<string[]>;
  /** The end of a service's log, for the message of a failed test. */
  log(service: string): Promise<string>;
  dispose(): Promise<void>;
}

/** Two stacks that start at the same moment would both find the same ports free: each worker has a range of its own. */
const firstPort = (): number => 7420 + 20 * Number(process.env['VITEST_POOL_ID'] ?? 0);

export async function testStack(): Promise<TestStack> {
  const state = await mkdtemp(join(tmpdir(), 'tidemark-stack-'));
  const own = {
    TIDEMARK_STATE: state,
    TIDEMARK_FIRST_PORT: String(firstPort()),
    TIDEMARK_CATALOG: join(state, 'quiet.yaml'),
  };
  await writeFile(own.TIDEMARK_CATALOG, quietYaml());
  const env = { ...unconnected(process.env), ...own, NO_COLOR: '1' };
  const input = (text: string, ...args: string[]) =>
    new Promise<Ended>((resolve) => {
      const options = { env, cwd: ROOT, maxBuffer: 64 * 1024 * 1024 };
      const child = execFile(join(ROOT, 'tidemark'), args, options, (error, out, said) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, error: said });
      });
      child.stdin?.end(text);
    });
  const tidemark = (...args: string[]) => input('', ...args);
  return {
    state,
    tidemark,
    input,
    secrets: () => secretsOf(layoutOf(env).secrets),
    holding: async (text, folder) => (await holding(join(state, folder), [text])).map((path) => join(folder, path)),
    async json(...args) {
      const { code, out, error } = await tidemark(...args, '--output', 'json');
      if (code !== 0) throw new Error(`tidemark ${args.join(' ')} ended with ${code}:\n${error}\n${out}`);
      return JSON.parse(out);
    },
    async environment() {
      const { out } = await tidemark('status', '--env');
      return Object.fromEntries(
        Array.from(out.matchAll(/^export (\w+)='(.*)'$/gm), ([, name = '', value = '']) => [name, value]),
      );
    },
    log: async (service) =>
      (await readFile(join(state, 'logs', `${service}.log`), 'utf8').catch(() => '')).split('\n').slice(-30).join('\n'),
    async dispose() {
      await tidemark('reset', '--yes');
      await rm(state, { recursive: true, force: true });
    },
  };
}
