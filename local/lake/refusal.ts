/** Which of the two dialects of the storage account a call speaks; errors differ: JSON or XML. */
export type Dialect = 'dfs' | 'blob';

/** An error of the storage service. https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes */
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

export const pathNotFound = (dialect: Dialect): Refusal =>
  dialect === 'dfs'
    ? new Refusal(404, 'PathNotFound', 'The specified path does not exist.')
    : new Refusal(404, 'BlobNotFound', 'The specified blob does not exist.');

export const conditionNotMet = (): Refusal =>
  new Refusal(412, 'ConditionNotMet', 'The condition specified using HTTP conditional header(s) is not met.');

/** The error in the words of the dialect; HEAD has no body and the header alone tells the code. */
export function refusalResponse(refusal: Refusal, dialect: Dialect, method: string): Response {
  const headers = new Headers({ ...refusal.headers, 'x-ms-error-code': refusal.code });
  if (method === 'HEAD' || refusal.status === 304) return new Response(null, { status: refusal.status, headers });
  if (dialect === 'dfs') {
    return Response.json(
      { error: { code: refusal.code, message: refusal.message } },
      { status: refusal.status, headers },
    );
  }
  headers.set('content-type', 'application/xml');
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${refusal.code}</Code><Message>${escapeXml(refusal.message)}</Message></Error>`;
  return new Response(body, { status: refusal.status, headers });
}

export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);
