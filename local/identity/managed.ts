import type { Issuer } from './issuer';
import type { Registry } from './registry';

const refuse = (status: number, message: string) => Response.json({ statusCode: status, message }, { status });

/**
 * The managed-identity endpoint of App Service.
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export async function managedToken(request: Request, registry: Registry, issuer: Issuer): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const host = registry.managed[request.headers.get('x-identity-header') ?? ''];
  if (!host) return refuse(401, 'X-IDENTITY-HEADER is missing or not that of a known process');
  if (query.get('api-version') !== '2019-08-01') return refuse(400, 'api-version must be 2019-08-01');
  const resource = query.get('resource');
  if (!resource) return refuse(400, 'resource is missing');

  const asked = query.get('client_id') ?? query.get('object_id') ?? query.get('principal_id') ?? query.get('mi_res_id');
  const principal = asked
    ? host.userAssigned.find((one) => [one.clientId, one.oid].includes(asked) || asked.endsWith(`/${one.name}`))
    : host;
  if (!principal) {
    return refuse(
      400,
      'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
    );
  }
  const { token, expiresOn } = await issuer.issue(principal, resource);
  return Response.json({
    access_token: token,
    expires_on: String(expiresOn),
    resource,
    token_type: 'Bearer',
    client_id: principal.clientId,
  });
}
