import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

interface States {
  state: { life_cycle_state: string; result_state?: string };
  status: { state: string; termination_details?: { code: string; type: string } };
}
export interface Run extends States {
  run_id: number;
  tasks: ({ run_id: number; task_key: string } & States)[];
}

// biome-ignore lint/suspicious/noExplicitAny: answers are compared with what the API documents, not typed
type Answer = any;

/** The server as a process of its own, and the calls of its API with a personal access token. */
export interface Server {
  raw(method: string, path: string, body?: unknown, authorization?: string): Promise<{ status: number; body: Answer }>;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  until(runId: number | undefined, holds: (run: Run) => boolean): Promise<Run>;
  finished(runId: number | undefined): Promise<Run>;
  /** Process id of the Python driver. */
  driver(): Promise<number>;
  kill(): Promise<void>;
}

export async function startServer(state: string, notebooks: string): Promise<Server> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/databricks/main.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TIDEMARK_STATE: state,
      TIDEMARK_PORT: '0',
      TIDEMARK_NOTEBOOKS: notebooks,
      TIDEMARK_PYTHON: resolve('.venv/bin/python'),
      TIDEMARK_SPARK_MEMORY: '1g',
    },
  });
  const url = await listening(child);
  const [ca, pat] = await Promise.all([readFile(join(state, 'tls/ca.pem')), readFile(join(state, 'databricks/pat'))]);

  const raw: Server['raw'] = async (method, path, body, authorization = `Bearer ${pat}`) => {
    const asked = request(`${url}/api/2.2/${path}`, { method, ca, headers: { authorization } });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
    const [response] = await once(asked, 'response');
    return { status: response.statusCode, body: await json(response) };
  };
  const call: Server['call'] = async (method, path, body) => {
    const answer = await raw(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const until: Server['until'] = async (runId, holds) => {
    for (;;) {
      const run: Run = await call('GET', `jobs/runs/get?run_id=${runId}`);
      if (holds(run)) return run;
      await sleep(100);
    }
  };
  return {
    raw,
    call,
    until,
    finished: (runId) => until(runId, (run) => run.status.state === 'TERMINATED'),
    driver: () => childRunning(child.pid ?? 0, 'driver.py'),
    async kill() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /listens on (\S+)/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error('the server ended before it listened');
}

/** Finds the process that was started by another one and runs a given script. */
async function childRunning(parent: number, script: string): Promise<number> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [stat, command] = await Promise.all(
      ['stat', 'cmdline'].map((file) => readFile(`/proc/${entry}/${file}`, 'utf8').catch(() => '')),
    );
    const ppid = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (ppid === parent && command?.includes(script)) return Number(entry);
  }
  throw new Error(`process ${parent} runs no ${script}`);
}
