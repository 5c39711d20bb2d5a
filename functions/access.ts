import { createHash, timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Settings } from '../shared/config';
import { ProblemError } from '../shared/errors';
import { problem } from '../shared/problem';

/** What a caller may do; each role holds those before it. */
export const ROLES = ['Reader', 'Operator', 'Admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Caller {
  /** For the record of who did what. */
  readonly actor: string;
  readonly role: Role;
}

export type Access = (headers: Headers, needed: Role) => Promise<Caller>;

const Discovery = z.object({ jwks_uri: z.url() });
const Roles = z.array(z.string()).default([]);

/**
 * Who calls, proven in code: an Entra ID token with an app role, or the development key where one is set.
 * @throws ProblemError AUTH_MISSING, AUTH_INVALID or AUTH_ROLE
 */
export function access(settings: Settings): Access {
  const keys = lazyKeys(settings);
  return async (headers, needed) => {
    const caller = await identify(settings, keys, headers);
    if (ROLES.indexOf(caller.role) >= ROLES.indexOf(needed)) return caller;
    throw new ProblemError(
      problem(
        'AUTH_ROLE',
        'API',
        `this needs the role ${needed}; you have ${caller.role}.`,
        'Ask for the role in Entra ID.',
      ),
    );
  };
}

async function identify(settings: Settings, keys: () => Promise<KeySet>, headers: Headers): Promise<Caller> {
  const key = headers.get('x-functions-key');
  if (key !== null && settings.API_KEY !== undefined && sameText(key, settings.API_KEY)) {
    return { actor: 'development key', role: 'Admin' };
  }
  const token = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) {
    const [code, why] =
      key === null
        ? (['AUTH_MISSING', 'no token came with it.'] as const)
        : (['AUTH_INVALID', 'the key is not known.'] as const);
    throw new ProblemError(problem(code, 'API', why, 'Send a bearer token of Entra ID, or the development key.'));
  }
  if (!settings.ENTRA_ISSUER || !settings.ENTRA_AUDIENCE) {
    throw new ProblemError(
      problem(
        'AUTH_INVALID',
        'API',
        'tokens are not set up here.',
        'Set ENTRA_ISSUER and ENTRA_AUDIENCE in the function app.',
      ),
    );
  }
  try {
    const options = {
      issuer: settings.ENTRA_ISSUER,
      audience: settings.ENTRA_AUDIENCE,
      algorithms: ['RS256'],
      clockTolerance: 60,
    };
    const { payload } = await jwtVerify(token, await keys(), options);
    return callerOf(payload);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(
      problem('AUTH_INVALID', 'API', 'the token was refused.', 'Get a new token for this API and try again.'),
      { cause: error },
    );
  }
}

function callerOf(payload: JWTPayload): Caller {
  const roles = Roles.parse(payload['roles']);
  const role = ROLES.findLast((known) => roles.includes(known));
  const actor = String(payload['preferred_username'] ?? payload['azp'] ?? payload['appid'] ?? payload.sub ?? 'unknown');
  if (role) return { actor, role };
  throw new ProblemError(
    problem(
      'AUTH_ROLE',
      'API',
      'the token carries no role of this app.',
      'Ask for the role Reader, Operator or Admin in Entra ID.',
    ),
  );
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** The issuer's keys, discovered once at the first token; the set renews itself. */
function lazyKeys({ ENTRA_ISSUER }: Settings): () => Promise<KeySet> {
  let found: Promise<KeySet> | undefined;
  const discover = async (): Promise<KeySet> => {
    const base = ENTRA_ISSUER?.replace(/\/$/, '') ?? '';
    const answer = await fetch(`${base}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(10_000) });
    return createRemoteJWKSet(new URL(Discovery.parse(await answer.json()).jwks_uri));
  };
  return () => {
    found ??= discover().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In constant time, whatever the lengths. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
