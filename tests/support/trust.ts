import tls from 'node:tls';

/**
 * Makes this process trust one more authority, beside all that it trusts already. `NODE_EXTRA_CA_CERTS` is read only
 * when a process starts; every HTTPS client of Node (the SDKs' pipeline, MSAL, `fetch`) makes its secure contexts here.
 */
export function trust(caPem: string): void {
  const create = tls.createSecureContext;
  tls.createSecureContext = (options) => {
    const context = create(options);
    if (!options?.ca) (context.context as { addCACert(pem: string): void }).addCACert(caPem);
    return context;
  };
}
