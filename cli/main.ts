import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { exits } from './fault';
import { program } from './program';

/** A module that adds commands of its own: the launcher of a checkout names the one of the local Azure. */
interface Extension {
  register(root: Command, end: (code: number) => void): void;
}

/** Anything that says how to end and what to do next is shown as such; all else is a fault of this program. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exits.ok : exits.usage;
  const { exitCode, code, next, message } = error as Partial<Record<'code' | 'next' | 'message', string>> & {
    exitCode?: number;
  };
  if (typeof exitCode === 'number' && next !== undefined) {
    process.stderr.write(`${code}: ${message}\n  Next: ${next}\n`);
    return exitCode;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return exits.failedRun;
}

/** Ends by the exit code alone, so that what is written to a pipe arrives. */
async function main(): Promise<void> {
  const end = (code: number) => {
    process.exitCode = code;
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exits.ok : 1));
  process.once('SIGINT', () => process.exit(exits.interrupted));
  const root = program(end);
  const extension = process.env['TIDEMARK_EXTENSION'];
  if (extension) (createRequire(__filename)(extension) as Extension).register(root, end);
  for (const command of everyOne(root)) command.exitOverride();
  try {
    await root.parseAsync();
  } catch (error) {
    end(report(error));
  }
}

const everyOne = (command: Command): Command[] => [command, ...command.commands.flatMap(everyOne)];

void main();
