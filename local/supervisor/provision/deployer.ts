import { z } from 'zod';
import { clientOf } from '../identities';
import { ids, type Stack, urlOf } from '../stack';

const Token = z.looseObject({ access_token: z.string() });

/** Calls the local services as the one who deploys: the administrator among the app registrations. */
export interface Deployer {
  /**
   * Sends a request with a token for the resource, and fails unless it is answered with a 2xx or one of `fine`.
   * @returns the status
   */
  send(resource: string, url: string, init: RequestInit, fine?: readonly number[]): Promise<number>;
}

export function deployer(stack: Stack): Deployer {
  const tokens = new Map<string, Promise<string>>();
  const tokenFor = (resource: string): Promise<string> => {
    const known = tokens.get(resource) ?? askToken(stack, resource);
    tokens.set(resource, known);
    return known;
  };
  return {
    async send(resource, url, init, fine = []) {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${await tokenFor(resource)}`);
      const response = await fetch(url, { ...init, headers });
      const text = await response.text();
      if (response.ok || fine.includes(response.status)) return response.status;
      throw new Error(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
    },
  };
}

/** A token of the administrator for a resource. */
export async function askToken(stack: Stack, resource: string): Promise<string> {
  const { id, secret } = await clientOf(stack.layout.state, 'admin-cli');
  const response = await fetch(`${urlOf(stack, 'identity')}/${ids.tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret,
      scope: `${resource}/.default`,
    }),
  });
  return Token.parse(await response.json()).access_token;
}
