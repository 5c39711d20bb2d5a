import { createInterface } from 'node:readline/promises';
import { exits, Fault } from './fault';

/**
 * Asks the person at the terminal to say yes.
 * @param yes that it was said on the command line, which is the only way where nobody sits at a terminal
 * @throws Fault unless it was said
 */
export async function confirmed(question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (process.stdin.isTTY !== true) {
    throw new Fault(exits.usage, 'UNCONFIRMED', `${question} This needs a confirmation.`, 'Say --yes to do it.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const said = await terminal.question(`${question} Type yes to go on: `);
  terminal.close();
  if (said.trim().toLowerCase() !== 'yes') {
    throw new Fault(exits.usage, 'UNCONFIRMED', 'Nothing was done.', 'Type yes, or say --yes.');
  }
}
