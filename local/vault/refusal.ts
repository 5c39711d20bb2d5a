/** An error that Key Vault answers; `inner` is the code that tells kinds of 403 and 409 apart. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly inner: string | undefined;
  readonly headers: Record<string, string>;
  constructor(status: number, code: string, message: string, inner?: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.inner = inner;
    this.headers = headers;
  }
}

export const notFound = (name: string, version?: string): Refusal =>
  new Refusal(
    404,
    'SecretNotFound',
    `A secret with (name/id) ${name}${version ? `/${version}` : ''} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command.`,
  );

/** The error as it goes over the wire. */
export const refusalResponse = ({ status, code, message, inner, headers }: Refusal): Response =>
  Response.json({ error: { code, message, ...(inner ? { innererror: { code: inner } } : {}) } }, { status, headers });
