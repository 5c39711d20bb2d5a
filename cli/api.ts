import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { ProblemBody } from '../shared/contracts/api';
import { type Connection, connectionFrom } from './connection';
import { exits, Fault } from './fault';
import { type Call, send, textOf } from './request';

/** The HTTP API with its answers checked. */
export interface Api {
  /** @throws Fault for every answer that is not a 2xx, and for a body that is not as agreed */
  read<T extends z.ZodType>(path: string, schema: T, call?: Call): Promise<z.infer<T>>;
  /**
   * Asks for a change under a key of its own, so that asking again after a cut is the same request.
   * @throws Fault as `read` does
   */
  change<T extends z.ZodType>(path: string, schema: T, body: unknown, key?: string): Promise<z.infer<T>>;
  /** The answer as it comes, for bodies too large to hold. @throws Fault unless it is a 2xx */
  stream(path: string, call?: Call): Promise<IncomingMessage>;
  /** The answer with its status, and the pause that it asks for, for callers that have a use for refusals. */
  raw(path: string, call?: Call): Promise<{ status: number; text: string; pauseMs: number }>;
}

export function api(connection: Connection = connectionFrom(process.env)): Api {
  const raw = async (path: string, call?: Call) => {
    const answer = await send(connection, path, call);
    const seconds = Number(answer.headers['retry-after']);
    const pauseMs = Number.isFinite(seconds) ? seconds * 1000 : 0;
    return { status: answer.statusCode ?? 0, text: await textOf(connection, answer), pauseMs };
  };
  const read = async <T extends z.ZodType>(path: string, schema: T, call?: Call): Promise<z.infer<T>> => {
    const { status, text } = await raw(path, call);
    if (!isFine(status)) throw refusal(status, text);
    const parsed = schema.safeParse(json(text));
    if (parsed.success) return parsed.data;
    throw new Fault(
      exits.dependency,
      'API_MISMATCH',
      `The API answered ${path} in a form that this command line does not know: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`,
      'Use the command line of the same version as the deployed app.',
    );
  };
  return {
    raw,
    read,
    async change(path, schema, body, key = randomUUID()) {
      const call = { method: 'POST', body: JSON.stringify(body), key } as const;
      for (let left = TRIES - 1; ; left -= 1) {
        try {
          return await read(path, schema, call);
        } catch (error) {
          if (!(error instanceof Fault && error.code === 'API_UNREACHABLE') || left === 0) throw error;
          await sleep(PAUSE_MS);
        }
      }
    },
    async stream(path, call) {
      const answer = await send(connection, path, call);
      if (!isFine(answer.statusCode)) throw refusal(answer.statusCode ?? 0, await textOf(connection, answer));
      return answer;
    },
  };
}

const TRIES = 3;
const PAUSE_MS = 500;
const isFine = (status = 0): boolean => status >= 200 && status < 300;

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // fails the schema, which is the message that helps
  }
}

/** What an answer that is not a 2xx means for the one who typed the command. */
export function refusal(status: number, text: string): Fault {
  const exit = exitOf(status);
  const body = ProblemBody.safeParse(json(text));
  if (body.success) {
    const { code, where, why, next } = body.data.problem;
    return new Fault(exit, code, `${where}: ${why}`, `${next} (correlation ${body.data.correlation})`);
  }
  return new Fault(
    exit,
    `HTTP_${status}`,
    `The API answered ${status}${text ? `: ${text.slice(0, 300)}` : ''}.`,
    exit === exits.auth ? 'Set TIDEMARK_KEY to a valid key.' : 'See the logs of the function app.',
  );
}

function exitOf(status: number): number {
  if (status === 401 || status === 403) return exits.auth;
  if (status === 400 || status === 404) return exits.usage;
  if (status === 422) return exits.config;
  return status >= 500 || status === 429 ? exits.dependency : exits.failedRun;
}
