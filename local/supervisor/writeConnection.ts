import { readFile } from 'node:fs/promises';
import { writeDurable } from '../disk/durable';
import { type Stack, urlOf } from './stack';

/** Writes what the command line reads to reach the API of this stack: `connection.json` in the state directory. */
export async function writeConnection(stack: Stack): Promise<void> {
  const ca = await readFile(stack.layout.ca, 'utf8');
  const connection = { url: urlOf(stack, 'host'), key: stack.secrets.apiKey, ca };
  await writeDurable(stack.layout.connection, JSON.stringify(connection));
}
