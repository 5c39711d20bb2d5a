import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Core, Registered } from '../core/core';
import { installCore } from '../core/moduleHook';
import { mainFiles } from './mainFiles';

const Package = z.object({ main: z.string(), type: z.string().optional() });

/** A loaded app: what it registered, and where the library takes streamed requests, if the app has switched that on. */
export interface App {
  readonly directory: string;
  readonly core: Core;
  readonly functions: ReadonlyMap<string, Registered>;
  readonly streamTo: string | undefined;
}

let loaded: Promise<App> | undefined;
let loadedFrom: string | undefined;

/**
 * Loads the built app of a directory through its package.json `main`. A process holds one app: the library keeps its
 * registrations for good, so asking again for the same directory gives the same app, and for another one is an error.
 */
export function loadApp(directory: string): Promise<App> {
  if (loadedFrom !== undefined && loadedFrom !== directory) {
    return Promise.reject(
      new Error(`This process already runs the app ${loadedFrom}; start another one for ${directory}`),
    );
  }
  loadedFrom = directory;
  loaded ??= load(directory);
  return loaded;
}

async function load(directory: string): Promise<App> {
  const core = installCore();
  const manifest = join(directory, 'package.json');
  const { main, type } = Package.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const required = createRequire(manifest);
  for (const file of mainFiles(directory, main)) {
    const isModule = file.endsWith('.mjs') || (type === 'module' && !file.endsWith('.cjs'));
    if (isModule) await import(pathToFileURL(file).href);
    else required(file);
  }
  if (core.model === undefined) throw new Error(`The app in ${directory} registered no function`);
  const capabilities = await core.model.getCapabilities({});
  await core.hooks.run('appStart', {
    hookData: core.hooks.lifeData,
    appHookData: core.hooks.appData,
    functionAppDirectory: directory,
  });
  core.sealed = true;
  return { directory, core, functions: core.functions, streamTo: capabilities['HttpUri'] };
}
