import { readFile } from 'node:fs/promises';
import { layoutOf } from '../supervisor/layout';
import { deployer } from '../supervisor/provision/deployer';
import { lakeUrl } from '../supervisor/stack';
import { needRunning } from './running';

const RESOURCE = 'https://storage.azure.com';

/** Uploads a local file into the landing container as any sender would: create, append, flush and close. */
async function drop(file: string, path: string): Promise<void> {
  const { stack } = await needRunning(layoutOf(process.env));
  const { send } = deployer(stack);
  const bytes = await readFile(file);
  const url = `${lakeUrl(stack)}/landing/${path.split('/').map(encodeURIComponent).join('/')}`;
  const headers = { 'x-ms-version': '2025-01-05' };
  await send(RESOURCE, `${url}?resource=file`, { method: 'PUT', headers });
  await send(RESOURCE, `${url}?action=append&position=0`, { method: 'PATCH', headers, body: bytes });
  await send(RESOURCE, `${url}?action=flush&position=${bytes.length}&close=true`, { method: 'PATCH', headers });
}

drop(process.argv[2] ?? '', process.argv[3] ?? '').catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
