import type { ServerResponse } from 'node:http';

/** Keeps a reply back until `ready` resolves; `lose` cuts the connection instead of sending it. */
export function holdReply(response: ServerResponse, ready: () => Promise<void>, lose: boolean): void {
  const end = response.end.bind(response);
  const body: Buffer[] = [];
  let ended = false;
  const keep = (chunk: unknown, encoding: unknown) => {
    if (chunk === undefined || chunk === null || typeof chunk === 'function') return;
    body.push(
      typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : Buffer.from(chunk as Uint8Array),
    );
  };
  response.write = ((chunk: unknown, encoding: unknown) => {
    keep(chunk, typeof encoding === 'string' ? encoding : 'utf8');
    return true;
  }) as typeof response.write;
  response.end = ((chunk: unknown, encoding: unknown) => {
    keep(chunk, typeof encoding === 'string' ? encoding : 'utf8');
    // Azurite ends a streamed reply twice.
    if (ended) return response;
    ended = true;
    ready().then(
      () => (lose ? response.destroy() : end(Buffer.concat(body))),
      (error: unknown) => {
        console.error('the tables could not be saved, so the request is not acknowledged:', error);
        response.destroy();
      },
    );
    return response;
  }) as typeof response.end;
}
