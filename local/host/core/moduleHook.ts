import Module from 'node:module';
import { Core } from './core';

type Load = (request: string, ...rest: unknown[]) => unknown;
const loader = Module as unknown as { _load: Load };
let core: Core | undefined;

/**
 * Answers `require('@azure/functions-core')` with our own core, once per process: the library keeps the first answer it
 * gets, even a failed one, so this must run before any file of the app is loaded.
 */
export function installCore(): Core {
  if (core !== undefined) return core;
  const mine = new Core();
  const load = loader._load;
  loader._load = function (this: unknown, request, ...rest) {
    return request === '@azure/functions-core' ? mine.api : load.call(this, request, ...rest);
  };
  core = mine;
  return mine;
}
