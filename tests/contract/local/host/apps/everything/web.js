const { app } = require('@azure/functions');
const df = require('durable-functions');

app.http('hello', {
  route: 'hello/{name:alpha}/{n:int?}',
  methods: ['GET'],
  handler: async (request) => ({ jsonBody: request.params }),
});
app.http('mirror', {
  methods: ['POST', 'PUT'],
  handler: async (request) => ({
    status: 201,
    headers: { 'x-method': request.method, 'x-query': request.query.get('q') ?? '' },
    cookies: [{ name: 'a', value: 'b c', httpOnly: true, sameSite: 'Lax', maxAge: 60 }],
    body: Buffer.from(await request.arrayBuffer()),
  }),
});
app.http('nothing', { handler: async () => undefined });
app.http('broken', {
  handler: async () => {
    throw new Error('broken on purpose');
  },
});
app.http('megabytes', {
  route: 'megabytes/{how}',
  handler: async (request) => {
    const size = 4 * 1024 * 1024;
    if (request.params.how === 'buffer') return { body: Buffer.alloc(size, 7) };
    const chunk = new Uint8Array(64 * 1024).fill(7);
    let left = size / chunk.length;
    return {
      body: new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(chunk);
          else controller.close();
        },
      }),
    };
  },
});
app.http('secret', { authLevel: 'function', handler: async () => ({ body: 'secret' }) });
app.http('topSecret', { authLevel: 'admin', handler: async () => ({ body: 'top secret' }) });

/** Hands the client to the test: `globalThis.useClient` is replaced there. */
app.http('client', {
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client = df.getClient(context);
    return { jsonBody: (await globalThis.useClient(client, request)) ?? null };
  },
});
app.http('started', {
  methods: ['POST'],
  route: 'started/{name}',
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client = df.getClient(context);
    const id = await client.startNew(request.params.name);
    return client.createCheckStatusResponse(request, id);
  },
});
