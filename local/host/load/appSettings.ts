import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const LocalSettings = z.object({ Values: z.record(z.string(), z.string()).optional() });

/** Text of a file, or undefined when there is none. */
export function textIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts the values of local.settings.json into the environment, except those which are already set there. */
export function applyLocalSettings(directory: string, environment: NodeJS.ProcessEnv): void {
  const text = textIfPresent(join(directory, 'local.settings.json'));
  if (text === undefined) return;
  for (const [name, value] of Object.entries(LocalSettings.parse(JSON.parse(text)).Values ?? {})) {
    environment[name] ??= value;
  }
}

/**
 * Replaces `%NAME%` by the app setting of that name.
 * @throws when the setting is missing: the real host refuses such a function
 */
export function resolveSettings(text: string, environment: NodeJS.ProcessEnv): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = environment[name];
    if (value === undefined) throw new Error(`'%${name}%' does not resolve to a value; set the app setting ${name}`);
    return value;
  });
}
