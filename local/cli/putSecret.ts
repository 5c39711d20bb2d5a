import { layoutOf } from '../supervisor/layout';
import { deployer } from '../supervisor/provision/deployer';
import { urlOf } from '../supervisor/stack';
import { needRunning } from './running';

/** Puts a secret into the local vault as a new version; the value comes by the environment, where no list of processes shows it. */
async function put(name: string, value: string): Promise<void> {
  const { stack } = await needRunning(layoutOf(process.env));
  const url = `${urlOf(stack, 'vault')}/secrets/${encodeURIComponent(name)}?api-version=7.6`;
  await deployer(stack).send('https://vault.azure.net', url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ value }),
  });
}

put(process.argv[2] ?? '', process.env['TIDEMARK_SECRET_VALUE'] ?? '').catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
