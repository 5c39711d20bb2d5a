import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

function expandBraces(pattern: string): string[] {
  const brace = /\{([^{}]*)\}/.exec(pattern);
  if (brace === null) return [pattern];
  const [before, after] = [pattern.slice(0, brace.index), pattern.slice(brace.index + brace[0].length)];
  return (brace[1] ?? '').split(',').flatMap((choice) => expandBraces(before + choice + after));
}

function matcher(pattern: string): RegExp {
  const text = pattern
    .replace(/^\.\//, '')
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*|\?/g, (wild) => (wild === '**/' ? '(?:.*/)?' : wild === '*' ? '[^/]*' : '[^/]'));
  return new RegExp(`^${text}$`);
}

function* filesBelow(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** The fixed folders in front of the first wildcard, so that only the build output is walked. */
function root(pattern: string): string {
  const steps = pattern.replace(/^\.\//, '').split('/').slice(0, -1);
  const wild = steps.findIndex((step) => /[*?]/.test(step));
  return steps.slice(0, wild < 0 ? steps.length : wild).join('/');
}

/**
 * Files matched by the `main` glob of a package.json, sorted.
 * @throws when nothing matches, as the Node worker does
 */
export function mainFiles(directory: string, main: string): string[] {
  const found = new Set<string>();
  for (const pattern of expandBraces(main)) {
    const matches = matcher(pattern);
    for (const file of filesIn(join(directory, root(pattern)))) {
      if (matches.test(relative(directory, file).split(sep).join('/'))) found.add(file);
    }
  }
  if (found.size === 0) throw new Error(`No file matches "main": "${main}" in ${directory}; build the app first`);
  return [...found].sort();
}

function filesIn(directory: string): string[] {
  try {
    return [...filesBelow(directory)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
