import { createRemoteJWKSet, decodeJwt, type JWTPayload, type JWTVerifyGetKey, errors as jose, jwtVerify } from 'jose';

/** Who calls, or why the call is refused; `reason` is meant for the `message` of the error body. */
export type TokenCheck =
  | { kind: 'accepted'; claims: JWTPayload; name: string }
  | { kind: 'missing'; reason: string }
  | { kind: 'refused'; reason: string };

export interface TokenRules {
  /** Accepted audiences; a trailing slash makes no difference, as at Microsoft's own services. */
  readonly audience: readonly string[];
  /** Keys of the issuer; without them only audience and times are checked. */
  readonly keys?: JWTVerifyGetKey | undefined;
}

/** Keys for {@link TokenRules} from a JWKS URL (env `TIDEMARK_JWKS_URL` of every server), fetched once and cached. */
export const keysFrom = (url: string | undefined): JWTVerifyGetKey | undefined =>
  url ? createRemoteJWKSet(new URL(url)) : undefined;

/** Checks the bearer token of an `Authorization` header: audience, times and, where keys are given, the signature. */
export async function checkToken(authorization: string | null | undefined, rules: TokenRules): Promise<TokenCheck> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!token) return { kind: 'missing', reason: 'the request carries no bearer token' };
  try {
    const claims = rules.keys ? (await jwtVerify(token, rules.keys)).payload : unsigned(token);
    const fault = audienceFault(claims, rules.audience);
    return fault ? { kind: 'refused', reason: fault } : { kind: 'accepted', claims, name: nameOf(claims) };
  } catch (error) {
    if (error instanceof jose.JOSEError) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

/** The display name that the local issuer puts in; tokens of another issuer are known by their object id. */
const nameOf = (claims: JWTPayload): string => String(claims['app_displayname'] ?? claims['oid'] ?? claims.sub ?? '');

function unsigned(token: string): JWTPayload {
  const claims = decodeJwt(token);
  const now = Date.now() / 1000;
  if ((claims.exp ?? 0) <= now) throw new jose.JWTExpired('the token has expired', claims, 'exp');
  if ((claims.nbf ?? 0) > now + 300)
    throw new jose.JWTClaimValidationFailed('the token is not yet valid', claims, 'nbf');
  return claims;
}

function audienceFault(claims: JWTPayload, wanted: readonly string[]): string | undefined {
  const bare = (audience: string) => audience.replace(/\/+$/, '');
  const given = [claims.aud ?? []].flat();
  if (given.some((audience) => wanted.map(bare).includes(bare(audience)))) return undefined;
  return `the token is for ${given.join(', ') || 'no audience'}, this service wants ${wanted[0]}`;
}
