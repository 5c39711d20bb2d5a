import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../world';
import { type Finding, finding } from './finding';

/** What people and other systems get to see. */
const OPEN = ['logs', 'lake', 'mail/mails', 'tables', 'adf', 'host'];

/** No password of the stack is in a log, a file of the lake, a mail or a history. */
export async function secrets(world: World): Promise<Finding[]> {
  const { stack } = await world.running();
  const { shopPassword, readerPassword } = stack.secrets;
  const findings: Finding[] = [];
  for (const folder of OPEN) {
    const root = join(world.layout.state, folder);
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((one) => one.isFile())) {
      const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
      if ([shopPassword, readerPassword].some((secret) => bytes.includes(secret)))
        findings.push(finding('C10', `a password is in ${folder}/${entry.name}`));
    }
  }
  return findings;
}
