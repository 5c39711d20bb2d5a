import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unconnected } from '../../local/cli/unconnected';

const root = join(__dirname, '../..');

/**
 * The launcher on a state directory, as a person would call it.
 * @param more variables of the environment beside the caller's own
 * @throws Error with all it said when it fails
 */
export const tidemarkOn =
  (state: string, more: Readonly<Record<string, string>> = {}) =>
  async (...args: string[]): Promise<string> => {
    const env = { ...unconnected(process.env), ...more, TIDEMARK_STATE: state, NO_COLOR: '1' };
    const { stdout } = await promisify(execFile)(join(root, 'tidemark'), args, { env, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  };
