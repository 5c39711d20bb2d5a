/** A call that the service refuses, in the shape of every Databricks error body. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const invalid = (message: string): Refusal => new Refusal(400, 'INVALID_PARAMETER_VALUE', message);

/** The answer to a refused call, with the wire shape `{error_code, message}`. */
export const refusalResponse = ({ status, code, message, headers }: Refusal): Response =>
  Response.json({ error_code: code, message }, { status, headers });
