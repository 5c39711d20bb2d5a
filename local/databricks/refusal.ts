/** A call that the service refuses, in the shape of every Databricks error body. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const invalid = (message: string): Refusal => new Refusal(400, 'INVALID_PARAMETER_VALUE', message);

/** The answer to a refused call, with the wire shape `{error_code, message}`. */
export const refusalResponse = (refusal: Refusal): Response =>
  Response.json({ error_code: refusal.code, message: refusal.message }, { status: refusal.status });
