import { resolve } from 'node:path';
import { z } from 'zod';
import { startHost } from './host';

const Environment = z.object({
  TIDEMARK_STATE: z.string(),
  TIDEMARK_PORT: z.coerce.number().int().default(7400),
  TIDEMARK_APP: z.string().default('.'),
  TIDEMARK_REQUIRE_KEYS: z.string().default('false'),
});

function stopFor(error: Error): never {
  process.stderr.write(`host: ${error.message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const environment = Environment.parse(process.env);
  const host = await startHost({
    app: resolve(environment.TIDEMARK_APP),
    state: resolve(environment.TIDEMARK_STATE),
    port: environment.TIDEMARK_PORT,
    requireKeys: /^(true|1)$/i.test(environment.TIDEMARK_REQUIRE_KEYS),
    write: (line) => process.stdout.write(line),
    onFatal: stopFor,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void host.stop().then(() => process.exit(0), stopFor));
  }
  process.stdout.write(`host: listening on ${host.url}\n`);
}

main().catch(stopFor);
